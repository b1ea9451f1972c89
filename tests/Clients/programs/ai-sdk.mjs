import fs from "node:fs";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { generateImage, generateText, streamText } from "ai";
import { base, garmentPath, key, model, personPath, tell } from "./pictures.mjs";

const openrouter = createOpenRouter({ baseURL: base, apiKey: key });
const request = {
  model: openrouter(model),
  messages: [{ role: "user", content: [
    { type: "text", text: "put the garment on the person" },
    { type: "file", data: fs.readFileSync(garmentPath), mediaType: "image/png" },
    { type: "file", data: fs.readFileSync(personPath), mediaType: "image/png" },
  ]}],
  providerOptions: { openrouter: { modalities: ["image", "text"], tryon_roles: ["garment", "person"] } },
};
const start = (bytes) => Buffer.from(bytes.slice(1, 4)).toString();

const programs = {
  async text() {
    const { files } = await generateText(request);
    tell({ count: files.length, start: start(files[0].uint8Array), type: files[0].mediaType });
  },
  async stream() {
    const files = [];
    for await (const part of streamText(request).fullStream)
      if (part.type === "file") files.push(start(part.file.uint8Array));
    tell({ files });
  },
  async image() {
    const made = await generateImage({
      model: openrouter.imageModel(model),
      prompt: { text: "a coat", images: [fs.readFileSync(personPath), fs.readFileSync(garmentPath)] },
    });
    tell({ start: start(made.image.uint8Array) });
  },
};

await programs[process.argv[2]]();
