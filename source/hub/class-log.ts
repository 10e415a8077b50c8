import {createReadStream, existsSync, rmSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {
	type ClassEvent,
	classEventSchema,
	type KeptClass,
	keptClassSchema,
	keptFiles,
} from '../classroom/kept-class.js';
import {messages} from '../messages/index.js';
import {readPlainFile, tryRead} from '../storage/files.js';
import {acquireLock, releaseLock} from '../storage/process-locks.js';
import {makePrivateFolder, privateFile} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** Where the events of a class go. */
export type ClassLog = {
	/** Resolves once these events, and all before, survive a crash. */
	append(...events: ClassEvent[]): Promise<void>;
	/** Ends writing; what could not be written is lost. */
	close(): Promise<void>;
	/** Closes, and deletes what is kept. */
	erase(): Promise<void>;
};

/** For a class that is not kept. */
export const memoryLog: ClassLog = {
	async append() {},
	async close() {},
	async erase() {},
};

type KeepOptions = {
	folder: string;
	/** Whether to go on with the class in the folder; else there must be none. */
	resume: boolean;
	/** Creates the class to keep, unless it is resumed. */
	create(): KeptClass;
	/** Called with each event of a resumed class, in order. */
	onEvent(event: ClassEvent): void;
	/** Tells the teacher what went wrong. */
	tell(trouble: string): void;
};

/** Bytes of `class.json`; a tenth is enough. */
const maxClassBytes = 64 * 1024;

/**
 * Opens the folder in which a class is kept. Throws a `UserError` if there is a class that is not to be resumed or no
 * class to resume, if it can't be read or written, or if another copy of the program has it open.
 */
export const openClassLog = async (options: KeepOptions): Promise<{kept: KeptClass; log: ClassLog}> => {
	const {folder} = options;
	const lock = path.join(folder, 'lock');
	try {
		makePrivateFolder(folder);
		if (!acquireLock(lock)) throw new UserError(messages.hub.openElsewhere(folder));
	} catch (error) {
		throw keepError(folder, error);
	}
	try {
		const kept = openClass(options);
		const file = path.join(folder, keptFiles.log);
		const length = existsSync(file) ? await readEvents(file, options) : 0;
		const handle = await open(file, length > 0 ? 'r+' : 'w', privateFile.mode);
		await handle.truncate(length);
		const writer = createWriter(handle, length, why => options.tell(messages.hub.notKept(folder, why)));
		const close = async () => {
			await writer.close();
			releaseLock(lock);
		};
		const erase = async () => {
			await close();
			for (const name of Object.values(keptFiles)) rmSync(path.join(folder, name), {force: true});
		};
		return {kept, log: {append: writer.append, close, erase}};
	} catch (error) {
		releaseLock(lock);
		throw keepError(folder, error);
	}
};

const keepError = (folder: string, error: unknown): UserError =>
	error instanceof UserError
		? error
		: new UserError(messages.hub.cannotKeep(folder, describeError(error)), {cause: error});

const openClass = ({folder, resume, create}: KeepOptions): KeptClass => {
	const file = path.join(folder, keptFiles.class);
	if (resume) {
		if (!existsSync(file)) throw new UserError(messages.hub.nothingToResume(folder));
		const document = tryRead(() => JSON.parse(readPlainFile(file, maxClassBytes).toString('utf8')));
		const {success, output} = v.safeParse(keptClassSchema, document);
		if (!success) throw new UserError(messages.hub.damagedClass(file));
		return output;
	}
	if (existsSync(file)) throw new UserError(messages.hub.classInFolder(folder));
	const kept = create();
	// A log without a class is what a crash left before anybody could join.
	rmSync(path.join(folder, keptFiles.log), {force: true});
	writeFileAtomicSync(file, `${JSON.stringify(kept, null, '\t')}\n`, privateFile);
	return kept;
};

/**
 * Reads the events. Returns the number of bytes up to the end of the last whole line: a crash may have cut off the one
 * behind it, which was not acknowledged.
 */
const readEvents = async (file: string, {onEvent, tell}: KeepOptions): Promise<number> => {
	let [length, number] = [0, 0];
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of createReadStream(file)) {
		rest = Buffer.concat([rest, chunk as Buffer]);
		for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
			number++;
			length += end + 1;
			const line = rest.toString('utf8', 0, end);
			rest = rest.subarray(end + 1);
			const {success, output} = v.safeParse(
				classEventSchema,
				tryRead(() => JSON.parse(line)),
			);
			if (success) onEvent(output);
			else tell(messages.hub.damagedLine(file, number));
		}
	}
	if (rest.length > 0) tell(messages.hub.cutOffLine(file));
	return length;
};

/** Milliseconds until writing is tried again. */
const retryAfter = 2000;

/**
 * Appends lines to a file. What comes while a group of lines is written becomes the next group, so that thirty seats
 * wait for the disk once. A group that could not be written is written again at the same place, until there is room.
 */
const createWriter = (handle: FileHandle, start: number, tellTrouble: (why: string) => void) => {
	let position = start;
	let waiting: Array<{line: string; resolve: () => void; reject: (error: unknown) => void}> = [];
	let running: Promise<void> | null = null;
	const closing = new AbortController();

	const writeGroup = async (lines: string): Promise<void> => {
		const bytes = Buffer.from(lines);
		for (let isTold = false; ; isTold = true) {
			try {
				let written = 0;
				while (written < bytes.length)
					written += (await handle.write(bytes, written, bytes.length - written, position + written))
						.bytesWritten;
				await handle.datasync();
				position += bytes.length;
				return;
			} catch (error) {
				if (!isTold) tellTrouble(describeError(error));
				await pause(retryAfter, undefined, {signal: closing.signal});
			}
		}
	};

	const run = async (): Promise<void> => {
		while (waiting.length > 0) {
			const group = waiting;
			waiting = [];
			try {
				await writeGroup(group.map(({line}) => line).join(''));
				for (const {resolve} of group) resolve();
			} catch (error) {
				for (const {reject} of group) reject(error);
			}
		}
		running = null;
	};

	return {
		append: (...events: ClassEvent[]): Promise<void> =>
			new Promise((resolve, reject) => {
				if (closing.signal.aborted) return reject(closing.signal.reason);
				const line = events.map(event => `${JSON.stringify(event)}\n`).join('');
				waiting.push({line, resolve, reject});
				running ??= run();
			}),
		async close(): Promise<void> {
			closing.abort();
			await running;
			await handle.close();
		},
	};
};
