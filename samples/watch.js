// Watches one job from a page. The API key stays on the page's server, which is asked for a token before every connection:
// each is for this job alone, and good for two minutes to begin with.
//
//   await watchByEvents(job.events_url, token, ({ type, job }) => { ... });
//
// `token` is a function that gives a promise of one. Either returns once the job has ended, however often the network
// breaks meanwhile: a message that was seen is not told again, and none is left out.

const types = ["snapshot", "status", "progress", "result", "error"];
const ends = new Set(["result", "error"]);
// Milliseconds; there is a ping every 15 seconds when there is nothing else, so after this the network is gone.
const silenceMax = 40_000;

export const watchByEvents = (url, token, on) => again(on, async (seen, hear) => {
  const source = new EventSource(address(url, { token: await token(), after_seq: seen }));
  await new Promise((resolve) => {
    const listen = (event) => {
      // A browser comes back by itself. It gives up where it was refused, as with a token that is too old by now.
      if (event.data ? hear(JSON.parse(event.data)) : source.readyState === EventSource.CLOSED) resolve();
    };
    types.forEach((type) => source.addEventListener(type, listen));
  });
  source.close();
});

export const watchBySocket = (url, token, on) => again(on, async (seen, hear) => {
  const socket = new WebSocket(address(url, { after_seq: seen }), ["tryon.v1", `tryon-key.${await token()}`]);
  let silence;
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.close(), silenceMax);
  };
  await new Promise((resolve) => {
    socket.onopen = listen;
    socket.onmessage = (event) => (listen(), hear(JSON.parse(event.data)));
    socket.onclose = resolve;
  });
  clearTimeout(silence);
});

async function again(on, connect) {
  let seen = null;
  let over = false;
  const hear = (message) => {
    if (message.type !== "ping") on(message);
    seen = message.seq;
    return (over ||= ends.has(message.type));
  };
  for (let wait = 500; !over; wait = Math.min(2 * wait, 10_000)) {
    const before = seen;
    // Without a network there is no token either.
    await connect(seen, hear).catch(() => {});
    if (seen !== before) wait = 500;
    if (!over) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function address(url, parameters) {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) whole.searchParams.set(name, value);
  return whole;
}
