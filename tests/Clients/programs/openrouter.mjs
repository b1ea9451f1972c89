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
  async keys() {
    const wanted = { name: "shop", limit: 5, limitReset: "monthly", expiresAt: new Date("2099-01-31T12:00:00Z") };
    const made = await client.apiKeys.create({ requestBody: wanted });
    const hash = made.data.hash;
    const read = await client.apiKeys.get({ hash });
    const changed = await client.apiKeys.update({ hash, requestBody: { name: "till", disabled: true } });
    const shown = await client.apiKeys.list({});
    const all = await client.apiKeys.list({ includeDisabled: true });
    const removed = await client.apiKeys.delete({ hash });
    const left = await client.apiKeys.list({ includeDisabled: true });
    tell({
      secret: made.key, name: read.data.name, limit: read.data.limit, reset: read.data.limitReset,
      expires: read.data.expiresAt.toISOString(), renamed: changed.data.name, disabled: changed.data.disabled,
      counts: [shown, all, left].map((list) => (list.result ?? list).data.length), deleted: removed.deleted,
    });
  },
  async history() {
    const answer = await client.chat.send({ chatRequest: { model, messages, stream: false } });
    const current = await client.apiKeys.getCurrentKeyMetadata();
    const one = await client.generations.getGeneration({ id: answer.id });
    const days = await client.analytics.getUserActivity({});
    tell({
      asked: answer.id, id: one.data.id, provider: one.data.providerName, cost: one.data.totalCost, usage: current.data.usage,
      requests: current.data.rateLimit.requests, days: days.data.map((day) => day.model), spent: days.data[0].usage,
    });
  },
  async video() {
    tell(await caught(() => client.videoGeneration.generate({ videoGenerationRequest: { model, prompt: "a coat" } })));
  },
  async refused() {
    tell(await caught(() => client.chat.send({ chatRequest: { model, messages, stream: false } })));
  },
};

await programs[process.argv[2]]();
