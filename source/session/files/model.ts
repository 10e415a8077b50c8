/** One file of the lab folder. `ours`: as it was shipped; `changed`: shipped and changed; `own`: the learner's. */
export type LabEntry = {path: string; state: 'ours' | 'changed' | 'own'};

/** A file that is shown. `text`: null when it can't be read, or is no text. */
export type ShownFile = {path: string; text: string | null};

/** A line that a save has taken out of a file or put in. `line`: its number, from 1, in the file that has it. */
export type ChangedLine = {sign: '+' | '-'; line: number; text: string};
