import type { Locale } from "../../../domain/locale.ts";

/** What the bot says to managers that nothing else says. A sentence that is missing in a language does not compile. */
export type ManagerWords = {
  readonly linked: (name: string) => string;
  readonly linkedInstead: (name: string, before: string) => string;
  readonly codeUsed: string;
  readonly codeExpired: string;
  readonly unlinked: (name: string) => string;
  readonly notLinked: string;
  readonly howToLink: string;
  readonly askInGroup: string;
  readonly notConfirmed: string;
  readonly asYourself: string;
  readonly typedInSlack: string;
  /** Below the help. */
  readonly byName: (bot: string) => string;
  /** In the group, when an answer went to the person alone. */
  readonly inPrivate: string;
  /** In the group, when the person cannot be written to. It names nothing of what was asked. */
  readonly unheard: string;
  /** In place of a question whether something shall really be done, when it shall not. */
  readonly left: string;
  readonly later: (invoice: string) => string;
  /** What the menu of a managers' group says of /paylink. */
  readonly command: string;
};

const hy: ManagerWords = {
  linked: (name) =>
    `Այս հաշիվն այսուհետ խոսում է ${name} անունից. մենեջերների խմբում /paylink հրամանը գործում է նույն իրավունքներով, ինչ ` +
    "Slack-ում։ Դադարեցնելու համար գրեք ինձ /unlink։",
  linkedInstead: (name, before) =>
    `Այս հաշիվն այսուհետ խոսում է ${name} անունից, ոչ թե ${before} անունից։ Դադարեցնելու համար գրեք ինձ /unlink։`,
  codeUsed: "Այս կոդն արդեն օգտագործվել է։ Նոր կոդ ստանալու համար Slack-ում գրեք /paylink telegram։",
  codeExpired: "Այս կոդն այլևս չի գործում։ Նոր կոդ ստանալու համար Slack-ում գրեք /paylink telegram։",
  unlinked: (name) => `Այս հաշիվն այլևս չի խոսում ${name} անունից։`,
  notLinked: "Այս հաշիվն այլևս կապված չէ որևէ մեկի հետ։",
  howToLink:
    "Ձեր հաշիվը դեռ կապված չէ Slack-ի որևէ անձի հետ։ Slack-ում գրեք /paylink telegram և բացեք ստացված հասցեն։ Ոչինչ չի արվել։",
  askInGroup: "Գրեք /paylink հրամանը մենեջերների խմբում։ Այստեղ ոչինչ չի արվել։",
  notConfirmed: "Slack-ից հնարավոր չեղավ ճշտել, թե ով եք Դուք, ուստի ոչինչ չի արվել։ Փորձեք կրկին մեկ րոպեից։",
  asYourself: "Այստեղ չի երևում, թե ով է գրում։ Գրեք Ձեր սեփական անունից։ Ոչինչ չի արվել։",
  typedInSlack: "Այս հրամանը գրվում է Slack-ում։ Կապը դադարեցնելու համար գրեք ինձ անձնական չատում /unlink։",
  byName: (bot) => `Խմբում գրեք իմ անունով՝ /paylink@${bot} INV-1042, այլապես կարող եմ չլսել։`,
  inPrivate: "Պատասխանը Ձեր և իմ անձնական չատում է։",
  unheard: "Չի կատարվել։ Պատճառը չկարողացա Ձեզ գրել անձնական չատում. բացեք այն և սեղմեք «Սկսել»։",
  left: "Ոչինչ չի փոխվել։",
  later: (invoice) => `Ինչպես է հետո՝ /paylink why ${invoice}։`,
  command: "Վճարման հղում, օրինակ՝ /paylink INV-1042",
};

const ru: ManagerWords = {
  linked: (name) =>
    `Теперь этот аккаунт говорит от имени ${name}: в группе менеджеров /paylink работает с теми же правами, что в Slack. ` +
    "Чтобы прекратить, напишите мне /unlink.",
  linkedInstead: (name, before) =>
    `Теперь этот аккаунт говорит от имени ${name}, а не ${before}. Чтобы прекратить, напишите мне /unlink.`,
  codeUsed: "Этот код уже использован. Чтобы получить новый, напишите в Slack /paylink telegram.",
  codeExpired: "Этот код больше не действует. Чтобы получить новый, напишите в Slack /paylink telegram.",
  unlinked: (name) => `Этот аккаунт больше не говорит от имени ${name}.`,
  notLinked: "Этот аккаунт больше ни к кому не привязан.",
  howToLink:
    "Ваш аккаунт ещё не привязан ни к кому в Slack. Напишите там /paylink telegram и откройте полученный адрес. Ничего не сделано.",
  askInGroup: "Напишите /paylink в группе менеджеров. Здесь ничего не сделано.",
  notConfirmed: "Не удалось узнать у Slack, кто вы, поэтому ничего не сделано. Попробуйте ещё раз через минуту.",
  asYourself: "Здесь не видно, кто пишет. Напишите от своего имени. Ничего не сделано.",
  typedInSlack: "Эту команду пишут в Slack. Чтобы отвязать аккаунт, напишите мне в личном чате /unlink.",
  byName: (bot) => `В группе пишите с моим именем: /paylink@${bot} INV-1042, иначе я могу не услышать.`,
  inPrivate: "Ответ в вашем личном чате со мной.",
  unheard: "Не сделано. Написать вам причину в личном чате не получилось: откройте его и нажмите «Старт».",
  left: "Ничего не изменено.",
  later: (invoice) => `Как обстоит дело потом: /paylink why ${invoice}.`,
  command: "Ссылка на оплату, например /paylink INV-1042",
};

const en: ManagerWords = {
  linked: (name) =>
    `This account now speaks for ${name}: in the managers' group /paylink works with the same rights as in Slack. ` +
    "To end that, write me /unlink.",
  linkedInstead: (name, before) =>
    `This account now speaks for ${name}, and no longer for ${before}. To end that, write me /unlink.`,
  codeUsed: "This code was used before. For a fresh one type /paylink telegram in Slack.",
  codeExpired: "This code is no longer good. For a fresh one type /paylink telegram in Slack.",
  unlinked: (name) => `This account no longer speaks for ${name}.`,
  notLinked: "This account is no longer linked to anybody.",
  howToLink:
    "Your account is not linked to anybody in Slack yet. Type /paylink telegram there and open the address you get. Nothing was done.",
  askInGroup: "Type /paylink in the managers' group. Nothing was done here.",
  notConfirmed: "Slack could not be asked who you are, so nothing was done. Please try again in a minute.",
  asYourself: "Nobody can see here who writes. Please write as yourself. Nothing was done.",
  typedInSlack: "That is typed in Slack. To end the link of this account, write me /unlink in our private chat.",
  byName: (bot) => `In a group write it with my name, /paylink@${bot} INV-1042, or I may not hear it.`,
  inPrivate: "The answer is in your private chat with me.",
  unheard: "Not done. I could not write you the reason in our private chat: open it and press Start.",
  left: "Nothing was changed.",
  later: (invoice) => `How it stands later: /paylink why ${invoice}.`,
  command: "A payment link, for example /paylink INV-1042",
};

export const MANAGER_WORDS: Record<Locale, ManagerWords> = { hy, ru, en };
