import { createHash } from "node:crypto";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The order number of an attempt: 32 characters, all that iPay takes, and the same for every repeat of the attempt. */
export const orderNumberOf = (attemptId: string): string =>
  UUID.test(attemptId)
    ? attemptId.replaceAll("-", "")
    : createHash("sha256").update(attemptId).digest("hex").slice(0, 32);
