import type { RefusalCode } from "../decision.ts";
import type { Sentences } from "./refusal-saying.ts";

type Code = Extract<
  RefusalCode,
  `case_${string}` | "reason_missing" | "action_unavailable" | "second_person_needed" | "not_yours_to_decide"
>;

/** Why a case cannot be decided like this. */
export const CASE_REFUSALS: Sentences<Code> = {
  not_yours_to_decide: {
    hy: ({ name }) => `${name}-ի պահված գումարի մասին որոշում է հաշվապահը։ Ոչինչ չի փոխվել։ Դիմեք հաշվապահին։`,
    ru: ({ name }) => `Об отложенных деньгах по ${name} решает бухгалтер. Ничего не изменено. Обратитесь к бухгалтеру.`,
    en: ({ name }) =>
      `The held money of ${name} is for an accountant to decide. Nothing was changed. Ask an accountant.`,
  },
  case_unknown: {
    hy: () => "Այսպիսի ստուգում չկա։ Ոչինչ չի փոխվել։ Բաց ստուգումների ցանկը՝ /paylink cases։",
    ru: () => "Такой проверки нет. Ничего не изменено. Открытые проверки: /paylink cases.",
    en: () => "There is no such case. Nothing was changed. See the open ones with /paylink cases.",
  },
  case_closed: {
    hy: ({ name }) => `Այս ստուգումն արդեն փակված է այլ որոշմամբ։ Ոչինչ չի փոխվել։ Տեսեք՝ /paylink why ${name}։`,
    ru: ({ name }) =>
      `Эта проверка уже закрыта с другим решением. Ничего не изменено. Посмотрите: /paylink why ${name}.`,
    en: ({ name }) =>
      `This case was already resolved in another way. Nothing was changed. See how with /paylink why ${name}.`,
  },
  reason_missing: {
    hy: () => "Որոշման համար անհրաժեշտ է պատճառ։ Ոչինչ չի փոխվել։ Կրկնեք՝ գրելով պատճառը։",
    ru: () => "Для решения нужна причина. Ничего не изменено. Повторите и напишите причину.",
    en: () => "A decision needs a reason. Nothing was changed. Do it again and write why.",
  },
  action_unavailable: {
    hy: ({ name }) =>
      `Այս որոշումն այստեղ հնարավոր չէ. գումարն այլևս պահված չէ, կամ ${name}-ով պարտք չկա, կամ արժույթն այլ է։ Ոչինչ չի փոխվել։ Ընտրեք մեկ այլ որոշում։`,
    ru: ({ name }) =>
      `Такое решение здесь невозможно: деньги уже не отложены, или по ${name} нет долга, или валюта другая. Ничего не изменено. Выберите другое решение.`,
    en: ({ name }) =>
      `This cannot be chosen here: the money is not held any more, or nothing is owed on ${name}, or the currency is another. Nothing was changed. Choose another action.`,
  },
  second_person_needed: {
    hy: ({ limit }) =>
      `${limit}-ից ավելի գումարի դեպքում երկրորդ մարդը պետք է ընտրի նույն որոշումը։ Ձեր առաջարկը գրանցված է, գումարը տեղից չի շարժվել։ Խնդրեք մեկ այլ հաշվապահի։`,
    ru: ({ limit }) =>
      `Если сумма больше ${limit}, то же решение должен принять второй человек. Ваше предложение записано, деньги не тронуты. Попросите другого бухгалтера.`,
    en: ({ limit }) =>
      `Above ${limit} a second person must choose the same. Your proposal is recorded and no money was moved. Ask another accountant.`,
  },
};
