import { ApiError } from "./api-error.ts";
import { changed, type Channel, personOf, type Workspace } from "./workspace.ts";

/** A channel or a direct message, as far as the app may know of it. */
export type Place = Channel & { readonly isDirectMessage: boolean; readonly withUser: string | null };

/** What is there, whether the app may see it or not. */
export function placeOf({ setup, state }: Workspace, channelId: string): Place | undefined {
  if (state.openDirectMessages.includes(channelId)) {
    const withUser = setup.people.find(({ id }) => directMessageId(id) === channelId)?.id ?? null;
    return { id: channelId, name: "directmessage", isPrivate: true, isDirectMessage: true, withUser };
  }
  const channel = setup.channels.find(({ id }) => id === channelId);
  return channel && { ...channel, isDirectMessage: false, withUser: null };
}

/** A private channel nobody invited the app to does not exist for it. */
export function visiblePlace(workspace: Workspace, channelId: string): Place {
  const place = placeOf(workspace, channelId);
  if (!place || (place.isPrivate === true && !botIsIn(place))) throw new ApiError("channel_not_found");
  return place;
}

/** Where the app may write. A user id stands for the direct message with that person. */
export function writablePlace(workspace: Workspace, channelOrUserId: string): Place {
  const person = personOf(workspace, channelOrUserId);
  const place = visiblePlace(workspace, person ? openDirectMessage(workspace, person.id).channelId : channelOrUserId);
  if (!botIsIn(place)) throw new ApiError("not_in_channel");
  if (place.isArchived === true) throw new ApiError("is_archived");
  return place;
}

/** Each person has one direct message with the app; its id never changes. */
function directMessageId(userId: string): string {
  return `D${userId.slice(1)}`;
}

export function openDirectMessage(workspace: Workspace, userId: string): { channelId: string; alreadyOpen: boolean } {
  const channelId = directMessageId(userId);
  const alreadyOpen = workspace.state.openDirectMessages.includes(channelId);
  if (!alreadyOpen) {
    workspace.state.openDirectMessages.push(channelId);
    changed(workspace);
  }
  return { channelId, alreadyOpen };
}

export function botIsIn(place: Place): boolean {
  return place.isDirectMessage || place.botIsMember !== false;
}

export function isMember(place: Place, userId: string): boolean {
  if (place.isDirectMessage) return place.withUser === userId;
  return place.members === undefined || place.members.includes(userId);
}

/** Each kind of conversation has scopes of its own: `channels:history`, `groups:history`, `im:history`. */
export function scopeFor(place: Place, right: "history" | "read"): string {
  if (place.isDirectMessage) return `im:${right}`;
  return place.isPrivate === true ? `groups:${right}` : `channels:${right}`;
}
