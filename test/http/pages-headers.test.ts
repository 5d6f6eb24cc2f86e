import { describe, expect, test } from "vitest";
import { customerPages, TOKEN, unescaped } from "./customer-desk.ts";

const PAGE = `/p/${TOKEN}`;

describe("the headers of the customer's pages", () => {
  const EVERYWHERE = {
    "content-security-policy":
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
      "form-action 'self' https://checkout.example; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
    "x-frame-options": "DENY",
    "content-language": "hy",
    "content-type": "text/html; charset=utf-8",
    vary: "Accept-Language",
  };

  test.each([
    ["the page", "GET", PAGE],
    ["the way back", "GET", `${PAGE}/return`],
    ["a look with HEAD", "HEAD", PAGE],
    ["an unknown token", "GET", "/p/nobody-was-given-this-1"],
    ["no page at all", "GET", "/p/a/b/c"],
    ["a wrong method", "DELETE", PAGE],
  ])("%s is private, unframed and loads nothing from elsewhere", async (_what, method, path) => {
    await using pages = await customerPages();
    const { headers } = await pages.ask(path, { method });
    expect(Object.fromEntries([...headers].filter(([name]) => name in EVERYWHERE))).toEqual(EVERYWHERE);
  });

  test("a press on Pay is not kept by anyone either", async () => {
    await using pages = await customerPages();
    const { headers } = await pages.ask(`${PAGE}/pay`, { method: "POST" });
    expect([headers.get("cache-control"), headers.get("referrer-policy")]).toEqual(["no-store", "no-referrer"]);
  });

  test("HEAD is GET without the body", async () => {
    await using pages = await customerPages();
    for (const path of [PAGE, `${PAGE}/return`, `${PAGE}/status`, "/p/-/style.css", "/p/unknown"]) {
      const [head, get] = [await pages.ask(path, { method: "HEAD" }), await pages.ask(path)];
      expect([head.status, head.headers.get("content-type")]).toEqual([get.status, get.headers.get("content-type")]);
      expect(head.headers.get("content-length")).toBe(get.headers.get("content-length"));
      expect(await head.text()).toBe("");
    }
  });
});

describe("a method that an address does not have", () => {
  test.each([
    [PAGE, ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"], "GET, HEAD"],
    [`${PAGE}/return`, ["POST", "DELETE"], "GET, HEAD"],
    [`${PAGE}/status`, ["POST"], "GET, HEAD"],
    [`${PAGE}/pay`, ["GET", "HEAD", "PUT", "DELETE"], "POST"],
    ["/p/-/live.js", ["POST"], "GET, HEAD"],
  ])("%s: 405 names the ones it has", async (path, methods, allowed) => {
    await using pages = await customerPages();
    for (const method of methods) {
      const answer = await pages.ask(path, { method });
      expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, allowed]);
    }
  });
});

describe("the two files the pages need", () => {
  test("are named by their content, and kept only under that name", async () => {
    await using pages = await customerPages({ state: "pending" });
    const page = unescaped(await pages.read(PAGE));
    for (const name of ["style.css", "live.js"]) {
      const named = page.match(new RegExp(`/p/-/${name}\\?v=\\w+`))?.[0] ?? "";
      const answer = await pages.ask(named);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(answer.headers.get("content-type")).toMatch(/^text\/(css|javascript); charset=utf-8$/);
      const otherwise = await pages.ask(`/p/-/${name}?v=another`);
      expect(otherwise.headers.get("cache-control")).toBe("public, max-age=60");
    }
  });
});

describe("the product fails while a customer looks or pays", () => {
  test("they read what it means for their money, and a number to ask about; the error stays with us", async () => {
    await using pages = await customerPages({}, { requestIdOf: () => "req-9" });
    pages.desk.failure = new Error("connection to secret-host refused");
    for (const [path, method] of [
      [`${PAGE}?lang=en`, "GET"],
      [`${PAGE}/pay?lang=en`, "POST"],
    ] as const) {
      const answer = await pages.ask(path, { method });
      const page = await answer.text();
      expect(answer.status).toBe(500);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      for (const words of ["Something went wrong on our side", "do not pay again", "req-9"])
        expect(page).toContain(words);
      expect(page).not.toContain("secret-host");
    }
  });

  test("a body that is too large is refused with a page, not with an error", async () => {
    await using pages = await customerPages();
    const answer = await pages.ask(`${PAGE}/pay`, { method: "POST", body: "x".repeat(300_000) });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([413, "text/html; charset=utf-8"]);
    expect(pages.desk.presses).toEqual([]);
  });
});
