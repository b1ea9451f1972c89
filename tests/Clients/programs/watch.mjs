// Watches one job with the WebSockets of npm's ws and of node itself, and with npm's event source.
import { EventSource } from "eventsource";
import { WebSocket as WsSocket } from "ws";
import { key, tell } from "./pictures.mjs";

const { TRYON_WS: ws, TRYON_EVENTS: events, TRYON_TOKEN: token } = process.env;
const protocols = (credential) => ["tryon.v1", `tryon-key.${credential}`];
const steps = (heard) => heard.filter(({ type }) => type !== "progress" && type !== "ping");

// Reads until the server closes. An error is the answer that came in place of an upgrade.
const hear = (socket) => new Promise((resolve) => {
  const heard = [];
  let failure = null;
  socket.addEventListener("message", ({ data }) => heard.push(JSON.parse(data)));
  socket.addEventListener("error", (event) => (failure = event.message ?? "error"));
  socket.addEventListener("close", ({ code }) => resolve({ heard, code, failure, protocol: socket.protocol }));
});

const watched = async (socket) => {
  const { heard, ...rest } = await hear(socket);
  tell({ ...rest, steps: steps(heard).map(({ type, seq }) => `${seq} ${type}`), end: heard.at(-1)?.job?.status ?? null });
};

const programs = {
  header: () => watched(new WsSocket(ws, { headers: { Authorization: `Bearer ${key}` } })),
  headerAndProtocol: () => watched(new WsSocket(ws, ["tryon.v1"], { headers: { Authorization: `Bearer ${key}` } })),
  protocol: () => watched(new WsSocket(ws, protocols(key))),
  tokenProtocol: () => watched(new WsSocket(ws, protocols(token))),
  token: () => watched(new WsSocket(`${ws}?token=${token}`, ["tryon.v1"])),
  nodeProtocol: () => watched(new WebSocket(ws, protocols(key))),
  nodeToken: () => watched(new WebSocket(`${ws}?token=${token}`, ["tryon.v1"])),

  // Reconnects after every cut, with the last sequence number.
  async returning() {
    const all = [];
    const codes = [];
    while (codes.at(-1) !== 1000 && codes.length < 100) {
      const after = all.length ? `?after_seq=${all.at(-1).seq}` : "";
      const { heard, code } = await hear(new WsSocket(ws + after, protocols(key)));
      all.push(...heard);
      codes.push(code);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    tell({ codes, steps: steps(all).map(({ type, seq }) => `${seq} ${type}`) });
  },

  // As in a browser, the event source reconnects by itself until it is closed.
  async events() {
    const [heard, asked] = [[], []];
    const source = new EventSource(events, {
      async fetch(address, init) {
        const answer = await fetch(address, { ...init, headers: { ...init.headers, Authorization: `Bearer ${key}` } });
        asked.push({ after: init.headers["Last-Event-ID"] ?? null, status: answer.status });
        return answer;
      },
    });
    await new Promise((resolve) => {
      for (const type of ["snapshot", "status", "result", "error"]) {
        source.addEventListener(type, ({ data, lastEventId }) => {
          if (data) heard.push({ type, seq: Number(lastEventId), same: JSON.parse(data).seq === Number(lastEventId) });
          else if (source.readyState === EventSource.CLOSED) resolve();
        });
      }
    });
    tell({ asked, steps: heard.map(({ type, seq }) => `${seq} ${type}`), same: heard.every(({ same }) => same) });
  },
};

await programs[process.argv[2]]();
