import type { Asker } from "../../domain/rights.ts";
import type { PersonNow } from "../desk.ts";
import type { People, Person } from "./people.ts";

type Heard = { readonly team: string; readonly user: string; readonly userName: string };

/** Who asks. Someone of whom Slack told us nothing is nobody's member. */
export const askerOf = ({ team, user, userName, person }: Heard & { readonly person: Person | undefined }): Asker => ({
  kind: "manager",
  id: `slack:${person?.team ?? team}:${user}`,
  userId: user,
  name: person?.name ?? (userName === "" ? user : userName),
  member: person?.member ?? false,
});

/**
 * The person of an id such as `slack:T1:U1`, as Slack describes them at this moment. Undefined: Slack could not be asked, so
 * nothing is known and nothing is allowed.
 */
export async function whoIs(people: People, id: string): Promise<PersonNow | undefined> {
  const [, team = "", user = ""] = id.split(":");
  const person = await people.findAnew(user);
  if (!person) return undefined;
  const asker = askerOf({ team, user, userName: "", person });
  return person.gone || asker.id !== id ? "gone" : { asker, locale: person.locale };
}
