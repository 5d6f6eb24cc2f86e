import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

export const APP_TOKEN = "xapp-1-A1-1-socket";

/** What the app answers to an envelope: the payload is what it would have answered over HTTP. */
const Ack = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/**
 * Slack's Socket Mode on this machine, before a Slack that delivers over HTTP: what that one sends goes to the app in an
 * envelope over the socket that the app opened, and the app's acknowledgement is the answer to it. Calls of the Web API go on
 * to it as they are.
 */
export async function socketSlack(webApi: () => string) {
  const waiting = new Map<string, (ack: z.infer<typeof Ack>) => void>();
  const http = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const sockets = new WebSocketServer({ server: http, path: "/link" });
  const origin = await listen(http);

  let opened = 0;
  sockets.on("connection", (socket) => {
    opened += 1;
    socket.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: "A1" } }));
    socket.on("message", (data) => {
      const ack = Ack.parse(JSON.parse((data as Buffer).toString("utf8")));
      waiting.get(ack.envelope_id)?.(ack);
      waiting.delete(ack.envelope_id);
    });
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    if (request.url === "/deliver") return deliver(request, body, response);
    if (request.url !== "/api/apps.connections.open") return passOn(webApi(), request, { body, response });
    const allowed = request.headers.authorization === `Bearer ${APP_TOKEN}`;
    const link = { ok: true, url: `${origin.replace("http", "ws")}/link` };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(allowed ? link : { ok: false, error: "invalid_auth" }));
  };

  const deliver = async (request: IncomingMessage, body: string, response: ServerResponse): Promise<void> => {
    const [socket] = sockets.clients;
    if (!socket) return void response.writeHead(503).end();
    const { payload } = await sent(socket, envelopeOf(request, body));
    response.setHeader("content-type", "application/json");
    response.end(payload === undefined ? "" : JSON.stringify(payload));
  };

  const sent = (socket: WebSocket, envelope: object): Promise<z.infer<typeof Ack>> => {
    const id = randomUUID();
    const acknowledged = new Promise<z.infer<typeof Ack>>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ envelope_id: id, accepts_response_payload: true, ...envelope }));
    return acknowledged;
  };

  return {
    apiUrl: `${origin}/api/`,
    eventsUrl: `${origin}/deliver`,
    /** How many sockets the app has opened so far. */
    opened: () => opened,
    /** Slack asks for a new connection every few hours, and ends the old one. */
    refresh: () => sockets.clients.forEach((socket) => socket.close()),
    stop: async () => {
      sockets.clients.forEach((socket) => socket.terminate());
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

/** A form with a `payload` is a press; every other form a command; JSON is an event. */
function envelopeOf({ headers }: IncomingMessage, body: string): object {
  if (headers["content-type"] === "application/json") return { type: "events_api", payload: JSON.parse(body) };
  const form = Object.fromEntries(new URLSearchParams(body));
  if (form["payload"] !== undefined) return { type: "interactive", payload: JSON.parse(form["payload"]) };
  return { type: "slash_commands", payload: form };
}

type Passing = { readonly body: string; readonly response: ServerResponse };

async function passOn(webApi: string, { url = "", headers }: IncomingMessage, { body, response }: Passing) {
  const { authorization = "", "content-type": type = "" } = headers;
  const said = await fetch(new URL(url.replace("/api/", ""), webApi), {
    method: "POST",
    headers: { authorization, "content-type": type },
    body,
  });
  response.writeHead(said.status, { "content-type": "application/json" }).end(await said.text());
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}

async function listen(http: Server): Promise<string> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
