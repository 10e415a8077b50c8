import {
	closeSync,
	createReadStream,
	existsSync,
	openSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {messages} from '../messages/index.js';
import type {RunRequest, Transcripts} from '../session/ports.js';
import {describeError} from '../text/wording.js';
import {listNames, tryRead} from './files.js';
import {isHeldOpen, isProcessAlive} from './process-locks.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The last 20 runs are kept, with at most 500 MB (design, section 9). */
const keptRuns = 20;
const keptBytes = 500e6;

/** Transcripts on disk, with what only the runner and clean-up need. */
export type TranscriptsOnDisk = ReturnType<typeof createTranscripts>;

/**
 * The whole output of each run, in a folder of its own: `stdout`, `stderr`, the command and, while it runs, `pid`.
 * `workshop`: the ID of the workshop whose runs are written and listed; null for any.
 */
export const createTranscripts = (stateFolder: string, workshop: string | null = null) => {
	const folder = path.join(stateFolder, 'transcripts');
	const folderOf = (runId: string) => path.join(folder, runId);
	return {
		folder,
		/** Opens the two files for a run's output. Throws if they can't be created. */
		open(request: RunRequest) {
			dropOldest(folder);
			return openFiles(folderOf(request.runId), request, workshop);
		},
		/** Makes a folder for files beside the runs, which counts as a run while this program lives. Returns its path. */
		makeFolder(runId: string): string {
			const own = folderOf(runId);
			makePrivateFolder(path.join(own, 'files'));
			writeFileSync(path.join(own, 'pid'), formatPid(process.pid), privateFile);
			return path.join(own, 'files');
		},
		state: runId => readState(folderOf(runId)),
		async read(runId, onBytes) {
			for (const stream of ['stdout', 'stderr'] as const) {
				const file = path.join(folderOf(runId), stream);
				if (!existsSync(file)) continue;
				for await (const bytes of createReadStream(file)) onBytes(stream, bytes);
			}
		},
		/** The IDs of the runs of this workshop or of none, oldest first: they begin with their time. */
		runIds: () =>
			listNames(folder).filter(
				runId => workshop === null || (readWorkshopId(folderOf(runId)) ?? workshop) === workshop,
			),
		remove: (runId: string) => rmSync(folderOf(runId), {recursive: true, force: true}),
	} satisfies Transcripts & Record<string, unknown>;
};

/** Null if unknown: the run is of an earlier version, or was cut off. */
const readWorkshopId = (own: string): string | null =>
	tryRead(() => JSON.parse(readFileSync(path.join(own, 'command.json'), 'utf8')).workshop ?? null);

const openFiles = (own: string, {argv, cwd, builder, stepId}: RunRequest, workshop: string | null) => {
	makePrivateFolder(own);
	writeFileSync(
		path.join(own, 'command.json'),
		`${JSON.stringify({argv, cwd, builder, stepId, workshop})}\n`,
		privateFile,
	);
	const pidFile = path.join(own, 'pid');
	// Until the command starts, only this program may write.
	writeFileSync(pidFile, formatPid(process.pid), privateFile);
	const openStream = (name: string) => {
		const file = path.join(own, name);
		return {path: file, descriptor: openSync(file, 'w', privateFile.mode)};
	};
	const stdout = openStream('stdout');
	const stderr = openStream('stderr');
	return {
		stdout,
		stderr,
		// Overwritten in place: a full disk has no room for another file.
		started: (pid: number) => writeFileSync(pidFile, formatPid(pid), {flag: 'r+'}),
		shortage: () => describeShortage(own),
		close() {
			closeSync(stdout.descriptor);
			closeSync(stderr.descriptor);
			rmSync(pidFile, {force: true});
		},
	};
};

/** Pads the ID to a fixed length. */
const formatPid = (pid: number): string => String(pid).padEnd(10);

/** Null if there is room. Only a test write accounts for quotas and reserves. */
const describeShortage = (own: string): string | null => {
	const file = path.join(own, 'room');
	try {
		writeFileSync(file, Buffer.alloc(4096), privateFile);
		return null;
	} catch (error) {
		return messages.storage.outputNotSaved(describeError(error));
	} finally {
		rmSync(file, {force: true});
	}
};

const readState = (own: string): ReturnType<Transcripts['state']> => {
	if (!existsSync(own)) return 'missing';
	try {
		if (isProcessAlive(Number(readFileSync(path.join(own, 'pid'), 'utf8')))) return 'running';
		// This program may have died after starting a command, but before noting its process ID.
		return isHeldOpen(realpathSync(path.join(own, 'stdout'))) ? 'running' : 'over';
	} catch {
		return 'over';
	}
};

/** Makes room for one more run. */
const dropOldest = (folder: string): void => {
	let bytes = 0;
	const runs = listNames(folder).reverse();
	for (const [index, run] of runs.entries()) {
		const own = path.join(folder, run);
		for (const file of listNames(own)) bytes += statSync(path.join(own, file)).size;
		const isTooMuch = index >= keptRuns - 1 || bytes > keptBytes;
		if (isTooMuch && readState(own) !== 'running') rmSync(own, {recursive: true, force: true});
	}
};
