import type { FastifyInstance } from "fastify";
import { html } from "ghtml";

/** Nothing inline, nothing from elsewhere: what a customer or a CRM wrote can never become a script here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `GET /sandbox`: the frame of the page. What is in it comes from the API. */
export function addPage(server: FastifyInstance): void {
  const page = shell();
  server.get("/sandbox", (_request, reply) =>
    reply
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": POLICY,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      })
      .send(page),
  );
}

const shell = (): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>paythread workbench</title>
        <link rel="icon" href="/sandbox/assets/icon.svg" />
        <link rel="stylesheet" href="/sandbox/assets/page.css" />
        <link rel="stylesheet" href="/sandbox/assets/chats.css" />
        <link rel="stylesheet" href="/sandbox/assets/wire.css" />
        <script type="module" src="/sandbox/assets/workbench.js"></script>
      </head>
      <body>
        !${TOP}
        <noscript><p class="banner">This page draws the chats with a script: please allow scripts here.</p></noscript>
        <main>!${BOOK} !${SALES} !${CUSTOMER} !${OPS}</main>
        !${WIRE}
        <div id="notices" role="status"></div>
      </body>
    </html>`;

const TOP = html`<header class="top">
  <h1><img src="/sandbox/assets/icon.svg" alt="" width="24" height="24" />paythread <span>workbench</span></h1>
  <p class="banner">
    Slack, Telegram and VPOS.am are <strong>stand-ins</strong> on this machine. No real money moves, and the VPOS.am
    contract is <strong>assumed</strong>, not confirmed.
  </p>
  <div class="tools">
    <button type="button" id="wire-toggle" aria-expanded="false" aria-controls="wire">
      Wire <span id="wire-count" class="count">0</span>
    </button>
    <button type="button" id="theme" aria-label="Switch between light and dark">◐</button>
  </div>
</header>`;

const BOOK = html`<section class="panel book" aria-labelledby="book-title">
  <div class="title">
    <h2 id="book-title">The book</h2>
    <p>Invoices of the merchant. Press one to ask for its link.</p>
  </div>
  <div class="scroll">
    <ul id="book"></ul>
    <div id="bank" hidden>
      <h3>At the bank</h3>
      <ul id="payments"></ul>
    </div>
  </div>
</section>`;

type Pane = {
  readonly id: "sales" | "ops";
  readonly role: string;
  readonly channel: string;
  readonly hint: string;
  readonly example: string;
};

const slackPane = ({ id, role, channel, hint, example }: Pane): string =>
  html`<section class="panel slack" id="${id}" aria-label="${role}, Slack channel ${channel}">
    <div class="title">
      <div class="names">
        <h2><span class="mark">#</span>${channel}</h2>
        <p>${role} · Slack</p>
      </div>
      <div class="pickers">
        <label
          >You are
          <select class="person"></select
        ></label>
        <label class="quiet"
          ><span class="unseen">Language of this person</span
          ><select class="language"></select
        ></label>
      </div>
    </div>
    <div class="scroll">
      <p class="empty">${hint}</p>
      <ol class="messages"></ol>
    </div>
    <form class="composer" autocomplete="off">
      <div class="examples"></div>
      <div class="line">
        <input class="words" aria-label="Message to #${channel}" placeholder="${example}" maxlength="3000" />
        <button type="submit" aria-label="Send">➤</button>
      </div>
    </form>
  </section>`;

const SALES = slackPane({
  id: "sales",
  role: "Manager",
  channel: "sales",
  hint: "Type /paylink INV-1042 below, or press an invoice in the book. One card appears here and stays up to date.",
  example: "/paylink INV-1042",
});

const OPS = slackPane({
  id: "ops",
  role: "Ops",
  channel: "payments-ops",
  hint: "Quiet. A clean payment posts nothing here: people are only disturbed by exceptions.",
  example: "/paylink cases",
});

const CUSTOMER = html`<section class="panel telegram" id="customer" aria-label="Customer, Telegram chat">
  <div class="title">
    <div class="names">
      <h2 class="bot">Telegram</h2>
      <p>Customer · Telegram</p>
    </div>
    <div class="pickers">
      <label
        >You are
        <select class="person"></select
      ></label>
      <button type="button" class="block quiet">Block bot</button>
    </div>
  </div>
  <div class="scroll">
    <p class="empty">
      No conversation yet. In #sales press Send, then the t.me address that appears: the customer opens it and presses
      Start.
    </p>
    <ol class="messages"></ol>
  </div>
  <form class="composer" autocomplete="off">
    <div class="examples"></div>
    <div class="line">
      <input class="words" aria-label="Message to the bot" placeholder="Message" maxlength="3000" />
      <button type="submit" aria-label="Send">➤</button>
    </div>
  </form>
</section>`;

const WIRE = html`<section id="wire" class="wire" aria-label="The wire" hidden>
  <div class="title">
    <h2>The wire</h2>
    <p>Every request between paythread and the stand-ins, as it really goes. Tokens are left out.</p>
    <button type="button" id="wire-close" aria-label="Close the wire">✕</button>
  </div>
  <ol id="exchanges"></ol>
</section>`;
