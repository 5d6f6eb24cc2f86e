import { placeOf, type Place } from "./channels.ts";
import { type Person, personOf, type Workspace } from "./workspace.ts";

/** Fields that every payload repeats. Whoever plays an unknown person or channel has made a mistake: plain errors. */
export function common({ app }: Workspace): Record<string, unknown> {
  return { token: VERIFICATION_TOKEN, api_app_id: app.id, is_enterprise_install: false, enterprise: null };
}

/** Slack's forerunner of signatures: still sent, proves nothing. */
export const VERIFICATION_TOKEN = "verification-token-of-old-times";

export function knownPerson(workspace: Workspace, userId: string): Person {
  const person = personOf(workspace, userId);
  if (!person) throw new Error(`Nobody here has the id ${userId}. Name the people when you create the stand-in.`);
  return person;
}

export function knownPlace(workspace: Workspace, channelId: string): Place {
  const place = placeOf(workspace, channelId);
  if (!place) throw new Error(`There is no channel ${channelId}. Name the channels when you create the stand-in.`);
  return place;
}

export function userField({ team }: Workspace, { id, name, teamId = team.id }: Person): Record<string, unknown> {
  return { id, username: name, name, team_id: teamId };
}

export function teamField({ team }: Workspace): Record<string, unknown> {
  return { id: team.id, domain: team.domain };
}

export function channelField(place: Place): Record<string, unknown> {
  return { id: place.id, name: publicName(place) };
}

/** Slack does not tell the name of a private channel. */
export function publicName(place: Place): string {
  if (place.isDirectMessage) return "directmessage";
  return place.isPrivate === true ? "privategroup" : place.name;
}
