import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {helloAnswerSchema, joinAnswerSchema, nameSchema} from '../classroom/protocol.js';
import {messages} from '../messages/index.js';
import {tryRead} from '../storage/files.js';
import {acquireLock} from '../storage/process-locks.js';
import {makePrivateFolder, privateFile} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {seatFile} from './joined.js';

const number = v.pipe(v.number(), v.integer(), v.minValue(0));

const joinedClassSchema = v.object({
	format: v.literal(1),
	/** The learner's name in the class. */
	name: nameSchema,
	address: v.object({host: v.string(), port: number}),
	class: helloAnswerSchema.entries.class,
	workshops: helloAnswerSchema.entries.workshops,
	/** SHA-256 of the manifest of the pack. */
	manifest: helloAnswerSchema.entries.manifest,
	/** SHA-256 of the hub's certificate. */
	fingerprint: helloAnswerSchema.entries.manifest,
	token: joinAnswerSchema.entries.token,
	/** The number of the last message that was shown. */
	lastMessage: number,
});

/** The class that the learner has joined, without its code. */
export type JoinedClass = v.InferOutput<typeof joinedClassSchema>;

/** Keeps the class that the learner has joined, until it is left. */
export type SeatStore = ReturnType<typeof createSeatStore>;

export const createSeatStore = (stateFolder: string) => {
	const file = seatFile(stateFolder);
	const load = (): JoinedClass | null =>
		tryRead(() => v.parse(joinedClassSchema, JSON.parse(readFileSync(file, 'utf8'))));
	const save = (joined: JoinedClass): void => {
		makePrivateFolder(path.dirname(file));
		writeFileAtomicSync(file, `${JSON.stringify(joined, null, '\t')}\n`, privateFile);
	};
	return {
		/** Null if no class was joined, or the file can't be read: then the class is joined again. */
		load,
		/** Throws a `UserError` if it can't be written. */
		save(joined: JoinedClass): void {
			try {
				save(joined);
			} catch (error) {
				throw new UserError(messages.seat.notSaved(describeError(error)), {cause: error});
			}
		},
		/** Notes which messages were shown. If that can't be written, they are shown again at the next start. */
		noteMessage(lastMessage: number): void {
			const joined = load();
			if (joined) tryRead(() => save({...joined, lastMessage}));
		},
		forget: (): void => rmSync(file, {force: true}),
		/** Whether this copy of the program may be the seat: there is one at a time. */
		acquire: (): boolean => tryRead(() => acquireLock(`${file}.lock`)) ?? false,
	};
};
