import Fashn from "fashn";
import { base, caught, garmentDataUrl, key, personDataUrl, tell } from "./pictures.mjs";

// The client adds the version to its paths itself, so its base address is the gateway's root.
const client = new Fashn({ baseURL: new URL(base).origin, apiKey: key });
const order = {
  model_name: "tryon-v1.6",
  inputs: {
    model_image: personDataUrl, garment_image: garmentDataUrl, category: "tops", mode: "balanced",
    num_samples: Number(process.env.TRYON_SAMPLES ?? 1), seed: 42, output_format: "png", moderation_level: "permissive",
  },
};

const programs = {
  async run() {
    const begun = await client.predictions.run({ ...order, webhook_url: "https://example.com/hook" });
    let status = await client.predictions.status(begun.id);
    const first = status.status;
    while (["starting", "in_queue", "processing"].includes(status.status)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      status = await client.predictions.status(begun.id);
    }
    tell({ id: begun.id, error: begun.error, first, last: status.status, output: status.output });
  },
  async subscribe() {
    const [queued, seen] = [[], []];
    const done = await client.predictions.subscribe({
      ...order, pollInterval: 50, onEnqueued: (id) => queued.push(id), onQueueUpdate: (status) => seen.push(status.status),
    });
    tell({
      same: queued.length === 1 && queued[0] === done.id, status: done.status, seen, output: done.output, error: done.error,
      creditsUsed: done.creditsUsed ?? -1,
    });
  },
  async refused() {
    tell(await caught(() => client.predictions.run(order)));
  },
  async refusedAtOnce() {
    tell(await caught(() => client.predictions.run(order, { maxRetries: 0 })));
  },
  async unknown() {
    tell(await caught(() => client.predictions.status("job_0123456789012345678901")));
  },
};

await programs[process.argv[2]]();
