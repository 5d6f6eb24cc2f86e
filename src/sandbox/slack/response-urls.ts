import { randomBytes } from "node:crypto";
import { LIFETIMES, RESPONSE_URL_USES } from "./limits.ts";

/** Where an answer through a response URL belongs. `messageTs` is set after a click on a message. */
export type ResponsePlace = {
  readonly channelId: string;
  readonly userId: string;
  readonly messageTs: string | null;
  readonly threadTs: string | null;
};

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

/** A response URL is a bearer right to answer one command or click: five times within thirty minutes. */
export function createResponseUrls(clock: () => Date) {
  const grants = new Map<string, { place: ResponsePlace; until: number; usesLeft: number }>();

  return {
    /** The path of the new address. */
    issue(kind: "commands" | "actions", teamId: string, place: ResponsePlace): string {
      const path = `/${kind}/${teamId}/${randomBytes(6).readUIntBE(0, 6)}/${randomBytes(12).toString("hex")}`;
      grants.set(path, { place, until: clock().getTime() + LIFETIMES.responseUrl, usesLeft: RESPONSE_URL_USES });
      return path;
    },
    use(path: string): ResponsePlace | "unknown_url" | "expired_url" | "used_url" {
      const grant = grants.get(path);
      if (!grant) return "unknown_url";
      if (clock().getTime() > grant.until) return "expired_url";
      if (grant.usesLeft === 0) return "used_url";
      grant.usesLeft -= 1;
      return grant.place;
    },
  };
}
