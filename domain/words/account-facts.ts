import type { FactName } from "../facts.ts";
import type { Sentences } from "./fact-saying.ts";
import { oneLine } from "./quote.ts";

/** What happened to the accounts through which people of Slack speak from Telegram. */
export const ACCOUNT_FACTS: Sentences<Extract<FactName, `account_${string}`>> = {
  account_linked: {
    hy: ({ account, person }) => `${oneLine(account)} հաշիվը կապվել է ${oneLine(person)} անձի հետ`,
    ru: ({ account, person }) => `аккаунт ${oneLine(account)} привязан к ${oneLine(person)}`,
    en: ({ account, person }) => `account ${oneLine(account)} linked to ${oneLine(person)}`,
  },
  account_unlinked: {
    hy: ({ account, person, because }) =>
      `${oneLine(account)} հաշիվն այլևս կապված չէ ${oneLine(person)} անձի հետ${because === "replaced" ? ", այն կապվել է մեկ ուրիշի հետ" : ""}`,
    ru: ({ account, person, because }) =>
      `аккаунт ${oneLine(account)} больше не привязан к ${oneLine(person)}${because === "replaced" ? ", он привязан к другому человеку" : ""}`,
    en: ({ account, person, because }) =>
      `account ${oneLine(account)} no longer linked to ${oneLine(person)}${because === "replaced" ? ", it was linked to somebody else" : ""}`,
  },
};
