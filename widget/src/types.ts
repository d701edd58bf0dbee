/** What the server says, once it was read (reply.ts), and what the browser keeps. */

export type Urgency = 'soon' | 'today' | 'emergency';

export interface Choice { id: string; title: string }

export interface Source { title: string; publisher: string; url: string }

export interface Message {
  id: string;
  mine: boolean;              // said by the visitor
  text: string;
  choices: Choice[];
  sources: Source[];
  urgency: Urgency | '';
  rated: boolean;             // an answer, about which feedback makes sense
}

/** A message of the visitor on its way. Its id stays the same over every try, so that the server runs it once. */
export interface Item { id: string; text: string; choice?: string }

/** What the owner of the site sets. */
export interface Site { name?: string; accent?: string; emergency?: string }

/** What is kept from page to page. `token` is empty where no session could be opened yet. */
export interface Kept {
  token: string;
  expires: number;            // epoch, ms
  stamp: string;              // changes whenever other tabs have something new to show
  greeting: Message | null;
  notice: string;
  outbox: Item[];
  site: Site;
}
