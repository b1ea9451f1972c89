import fs from "node:fs";
import OpenAI, { toFile } from "openai";
import { base, caught, garmentPath, key, model, personPath, tell, withRoles } from "./pictures.mjs";

const client = new OpenAI({ baseURL: base, apiKey: key });
const chat = { model, modalities: ["image"], messages: withRoles };

const programs = {
  async chat() {
    const res = await client.chat.completions.create(chat);
    tell({ url: res.choices[0].message.images[0].image_url.url, requestId: res._request_id });
  },
  async stream() {
    const deltas = [];
    let usage = null;
    for await (const chunk of await client.chat.completions.create({ ...chat, stream: true })) {
      deltas.push(...chunk.choices.map((choice) => choice.delta.images?.length ?? 0));
      usage = chunk.usage ?? usage;
    }
    tell({ images: deltas.filter((count) => count > 0), cost: usage.cost });
  },
  async streamHelper() {
    const final = await client.chat.completions.stream({ ...chat, n: 2 }).finalChatCompletion();
    tell({ images: final.choices[0].message.images.length, finish: final.choices[0].finish_reason });
  },
  async patient() {
    const res = await client.chat.completions.create(chat, { maxRetries: 6 });
    tell({ url: res.choices[0].message.images[0].image_url.url });
  },
  async refused() {
    tell(await caught(() => client.chat.completions.create(chat)));
  },
  async refusedAtOnce() {
    tell(await caught(() => client.chat.completions.create(chat, { maxRetries: 0 })));
  },
  async brokenStream() {
    tell(await caught(async () => {
      for await (const _ of await client.chat.completions.create({ ...chat, stream: true })) ;
    }));
  },
  async brokenStreamHelper() {
    tell(await caught(() => client.chat.completions.stream(chat).finalChatCompletion()));
  },
  async models() {
    const ids = [];
    for await (const listed of client.models.list()) ids.push(listed.id);
    const one = await client.models.retrieve("kling/kolors-v1-5");
    tell({ ids, one: one.id, owner: one.owned_by });
  },
  async edit() {
    const picture = (path) => toFile(fs.createReadStream(path), "picture.png", { type: "image/png" });
    const res = await client.images.edit({
      model, prompt: "put the garment on the person", image: [await picture(personPath), await picture(garmentPath)],
    });
    tell({ start: res.data[0].b64_json.slice(0, 5), count: res.data.length });
  },
  async editStream() {
    const picture = (path) => toFile(fs.createReadStream(path), "picture.png", { type: "image/png" });
    const types = [];
    const events = await client.images.edit({
      model, prompt: "a coat", image: [await picture(personPath), await picture(garmentPath)], stream: true,
    });
    for await (const event of events) types.push(event.type);
    tell({ types });
  },
  async brokenEditStream() {
    const picture = (path) => toFile(fs.createReadStream(path), "picture.png", { type: "image/png" });
    const image = [await picture(personPath), await picture(garmentPath)];
    tell(await caught(async () => {
      for await (const _ of await client.images.edit({ model, prompt: "a coat", image, stream: true })) ;
    }));
  },
  async keyed() {
    const res = await client.chat.completions.create(chat, { headers: { "Idempotency-Key": process.env.TRYON_KEYED } });
    tell({ id: res.id });
  },
  async keyedOtherwise() {
    const other = { ...chat, messages: [{ role: "user", content: withRoles[0].content.toReversed() }] };
    other.messages[0].content = other.messages[0].content.map((part) =>
      part.tryon_role ? { ...part, tryon_role: part.tryon_role === "person" ? "garment" : "person" } : part);
    tell(await caught(() =>
      client.chat.completions.create(other, { headers: { "Idempotency-Key": process.env.TRYON_KEYED } })));
  },
};

await programs[process.argv[2]]();
