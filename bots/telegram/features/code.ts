/** 16 random bytes in base64url: the secret of an invitation, a customer's or a manager's. */
const CODE = "[A-Za-z0-9_-]{22}";
const WHOLE_CODE = new RegExp(`^${CODE}$`);

export const isCode = (text: string): boolean => WHOLE_CODE.test(text);

/** A code by itself or in the address it came in: deep links lose their code in practice, and people paste what they have. */
export const PASTED = new RegExp(`^(?:https?://t\\.me/\\w+\\?start=)?(${CODE})$`);
