import { Agent, type IncomingMessage, request } from "node:http";

const agent = new Agent({ keepAlive: true });

/** Posts a body and resolves with the status, as soon as the answer has been read to its end. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Promise<number> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sized = { ...headers, "content-length": String(Buffer.byteLength(body)) };
    request(url, { method: "POST", agent, headers: sized }, resolve).once("error", reject).end(body);
  });
  await new Promise((resolve, reject) => answer.resume().once("end", resolve).once("error", reject));
  return answer.statusCode ?? 0;
}
