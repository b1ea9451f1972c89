import { personDataUrl, garmentDataUrl, tell } from "./pictures.mjs";

// From here to the end the specification's own sample, with nothing changed but the address.
import OpenAI from "openai";

const client = new OpenAI({
  baseURL: process.env.TRYON_BASE,                   // 1. base URL
  apiKey: process.env.TRYON_API_KEY,                 // 2. your TryOn-API key
});

const res = await client.chat.completions.create({
  model: "kling/kolors-v1-5",                        // 3. a try-on model
  modalities: ["image"],
  messages: [{ role: "user", content: [
    { type: "text", text: "put the garment on the person" },
    { type: "image_url", image_url: { url: personDataUrl }, tryon_role: "person" },
    { type: "image_url", image_url: { url: garmentDataUrl }, tryon_role: "garment" },
  ]}],
});
const imageUrl = res.choices[0].message.images[0].image_url.url;

tell({ imageUrl });
