import fs from "node:fs";

export const base = process.env.TRYON_BASE;
export const key = process.env.TRYON_API_KEY;
export const model = process.env.TRYON_MODEL ?? "kling/kolors-v1-5";

const dataUrl = (path) => `data:image/png;base64,${fs.readFileSync(path).toString("base64")}`;
export const personPath = process.env.TRYON_PERSON;
export const garmentPath = process.env.TRYON_GARMENT;
export const personDataUrl = dataUrl(personPath);
export const garmentDataUrl = dataUrl(garmentPath);

// A chat request as sent by clients that keep the roles, and by clients that drop unknown fields.
export const withRoles = [{ role: "user", content: [
  { type: "text", text: "put the garment on the person" },
  { type: "image_url", image_url: { url: personDataUrl }, tryon_role: "person" },
  { type: "image_url", image_url: { url: garmentDataUrl }, tryon_role: "garment" },
]}];

// Prints, as the last line of a program, what its client made of the answer.
export const tell = (facts) => console.log(JSON.stringify(facts));

// The error that a client throws, as its user sees it.
export const caught = async (act) => {
  try {
    await act();
    return null;
  } catch (error) {
    return {
      name: error.constructor.name,
      status: error.status ?? error.statusCode ?? null,
      code: error.code ?? null,
      message: String(error.message),
      requestId: error.requestID ?? null,
      retryAfter: error.headers?.get?.("retry-after") ?? null,
    };
  }
};
