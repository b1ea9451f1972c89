import { OpenRouter } from "@openrouter/sdk";
import { base, caught, garmentDataUrl, key, model, personDataUrl, tell } from "./pictures.mjs";

const client = new OpenRouter({ serverURL: base, apiKey: key });
const messages = [{ role: "user", content: [
  { type: "text", text: "put the garment on the person" },
  { type: "image_url", imageUrl: { url: personDataUrl } },
  { type: "image_url", imageUrl: { url: garmentDataUrl } },
]}];

const programs = {
  async chat() {
    const res = await client.chat.send({ chatRequest: { model, messages, stream: false } });
    tell({ url: res.choices[0].message.images[0].imageUrl.url, cost: res.usage.cost });
  },
  async stream() {
    let finish = null, usage = null;
    for await (const chunk of await client.chat.send({ chatRequest: { model, messages, stream: true } })) {
      finish = chunk.choices[0]?.finishReason ?? finish;
      usage = chunk.usage ?? usage;
    }
    tell({ finish, cost: usage.cost });
  },
  async models() {
    const list = await client.models.list({});
    const one = await client.models.get({ author: "kling", slug: "kolors-v1-5" });
    const count = await client.models.count({});
    const served = await client.endpoints.list({ author: "kling", slug: "kolors-v1-5" });
    const credits = await client.credits.getCredits();
    tell({
      ids: (list.result ?? list).data.map((listed) => listed.id), one: one.data.id, count: count.data.count,
      provider: served.data.endpoints[0].providerName, credits: credits.data.totalCredits,
    });
  },
  async images() {
    const made = await client.images.generate({ imageGenerationRequest: {
      model, prompt: "a coat", inputReferences: [
        { type: "image_url", imageUrl: { url: personDataUrl } }, { type: "image_url", imageUrl: { url: garmentDataUrl } },
      ],
    }});
    const listed = await client.images.listModels();
    tell({ start: made.data[0].b64Json.slice(0, 5), cost: made.usage.cost, listed: listed.data.length });
  },
  async refused() {
    tell(await caught(() => client.chat.send({ chatRequest: { model, messages, stream: false } })));
  },
};

await programs[process.argv[2]]();
