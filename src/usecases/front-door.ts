import type { Visit, Welcome } from "../../domain/desk.ts";
import type { Locale } from "../../domain/locale.ts";
import { arrive } from "../../domain/send.ts";
import type { Needs } from "./needs.ts";

const DEFAULT: Locale = "hy";

/**
 * A customer opened an invitation. It shows one link in that chat; the first chat to open one of a customer's invitations
 * becomes that customer's chat, so that later links come unasked. Pressing Start twice is the same as once.
 */
export const createFrontDoor =
  ({ books, invitations, ids }: Needs) =>
  async (visit: Visit): Promise<Welcome> => {
    const language = visit.language ?? DEFAULT;
    const opened = await invitations.open(visit.token, visit.chat);
    const invoice = opened && (await books.read({ link: opened.link }));
    const seenIn = opened && (await invitations.chatOfLink(opened.link));
    const elsewhere = seenIn !== undefined && seenIn !== visit.chat;
    if (!opened || !invoice || elsewhere) return { kind: "unknown_token", language };
    await invitations.showIn(opened.link, visit.chat);
    const bound = await invitations.bind(invoice, visit.chat);
    const act = {
      actor: { kind: "customer" as const, id: `telegram:${visit.bot}:${visit.chat}`, name: invoice.customer.name },
      requestId: visit.requestId,
    };
    const arrival = { link: opened.link, id: ids.id(), key: `start:${visit.chat}:${opened.invitation}`, bound };
    await books.decide({ link: opened.link }, act, (one, now) => arrive(one, arrival, now));
    return { kind: "shown", language };
  };
