import {stripColours} from '../../text/terminal-text.js';
import type {BuildParser} from '../model.js';
import {createLineParser, type Emit} from './line-parser.js';

/**
 * Parses the progress of Buildah, which builds for Podman: `[2/4] STEP 1/3: FROM …` begins step 1 of 3 of stage 2 of 4,
 * or `STEP 1/3: …` if there is one stage; `--> 93f2d6940e1b` ends it. A stage that waits for another resumes after it.
 * Output is not marked: a line that looks like the next step, or ends with an arrow and an ID, is taken for Buildah's
 * own. Errors are on stderr, where Podman's `docker` also writes output.
 */
export const createBuildahParser = (): BuildParser =>
	createLineParser(emit => {
		const progress = createProgressReader(emit);
		let complaint: {message: string; at: number} | null = null;
		return {
			read(text, at, stream) {
				if (stream === 'stdout') progress.read(text, at);
				else if (text.trim() !== '') {
					const isError = /^(?:Error: |building at STEP )/.test(text);
					const id = isError || isNotice(text) ? null : progress.openStep();
					emit({event: 'line', id, text, at});
					if (isNotice(text) || (complaint?.message.startsWith('Error: ') && !isError)) return;
					complaint = {message: text, at};
				}
			},
			end(now) {
				progress.end(now);
				// Report it only now: the streams race, and the last step may have been read after its error.
				if (!complaint || progress.isBuilt()) return;
				const {message, at} = complaint;
				const step = /^(?:Error: )?building at STEP "(.*?)": /.exec(message)?.[1];
				const id = progress.openStep(step);
				emit({event: 'failed', id, message: message.replace(/^Error: /, ''), at});
			},
		};
	});

/** Whether a line is no error: a note of the CLI, of Podman's script or log, or about loading an image. */
const isNotice = (text: string): boolean =>
	/^(?:DEPRECATED: |\s|time=|Emulate Docker CLI|Trying to pull |Getting image |Copying |Writing manifest |Resolved ")/.test(
		text,
	);

/** `stage`, `step`: from 1. */
type Step = {id: string; stage: number; step: number; of: number; name: string};

type ParsedStep = Step & {stages: number};

const createProgressReader = (emit: Emit) => {
	/** Number of stages in the Dockerfile up to the target; null before the first step. */
	let stages: number | null = null;
	/** The last step that began in each stage. */
	let begun = new Map<number, Step>();
	/** Steps that have not ended: the last one is running, and those before it wait for its stage. */
	let open: Step[] = [];
	let isBuilt = false;

	const endStep = (step: Step | undefined, at: number) => {
		if (!step || !open.includes(step)) return;
		open.splice(open.indexOf(step), 1);
		emit({event: 'ended', id: step.id, at});
	};
	const isNext = ({stage, stages: all, step, of}: ParsedStep): boolean => {
		const last = begun.get(stage);
		if (stages !== null && stages !== all) return false;
		return last ? step === last.step + 1 && of === last.of : step === 1;
	};
	const beginStep = ({stages: all, ...step}: ParsedStep, at: number) => {
		endStep(begun.get(step.stage), at);
		stages = all;
		begun.set(step.stage, step);
		open.push(step);
		emit({event: 'began', id: step.id, name: step.name, at});
	};
	/** Reads a step's progress. Returns whether the line is Buildah's own, or output that ends with such a mark. */
	const readMark = (line: string, at: number): boolean => {
		const step = open.at(-1);
		const cached = /^--> Using cache ([0-9a-f]{64})$/.exec(line)?.[1];
		if (cached && step) {
			emit({event: 'cached', id: step.id, at});
			emit({event: 'mentioned', kind: 'image', id: cached.slice(0, 12)});
			return true;
		}
		// Output without a final newline precedes the arrow.
		const [, before = '', image] = /^(.*)--> ([0-9a-f]{12})$/s.exec(line) ?? [];
		if (image) {
			if (before !== '') emit({event: 'line', id: step?.id ?? null, text: before, at});
			emit({event: 'mentioned', kind: 'image', id: image});
			endStep(step, at);
			return true;
		}
		const commit = /^(?:\[(\d+)\/\d+\] )?COMMIT(?: \S+)?$/.exec(line);
		if (!commit) return false;
		endStep(begun.get(Number(commit[1] ?? 1)), at);
		emit({event: 'line', id: null, text: line, at});
		return true;
	};
	const readEnd = (line: string, bare: string, at: number) => {
		// `docker build -q` prints only the ID.
		const image = open.length === 0 ? /^([0-9a-f]{64})$/.exec(bare)?.[1] : undefined;
		if (image) {
			isBuilt = true;
			emit({event: 'image', imageId: `sha256:${image}`});
		}
		const name = open.length === 0 ? /^Successfully tagged (\S+)$/.exec(bare)?.[1] : undefined;
		if (name) emit({event: 'named', name});
		emit({event: 'line', id: open.at(-1)?.id ?? null, text: line, at});
	};
	return {
		read(line: string, at: number) {
			const bare = stripColours(line);
			const step = readStep(bare);
			// A new build on the same terminal.
			if (step && isBuilt && step.step === 1) {
				[stages, begun, open, isBuilt] = [null, new Map(), [], false];
			}
			if (step && isNext(step)) beginStep(step, at);
			else if (!readMark(bare, at)) readEnd(line, bare, at);
		},
		end(at: number) {
			if (isBuilt) for (const step of open.splice(0)) emit({event: 'ended', id: step.id, at});
		},
		/** Returns the id of the open step with this name, or else of the running one. */
		openStep: (name?: string): string | null =>
			(open.findLast(step => step.name === name) ?? open.at(-1))?.id ?? null,
		isBuilt: () => isBuilt,
	};
};

const readStep = (line: string): ParsedStep | null => {
	const [, stage = '1', stages = '1', step, of, name = ''] =
		/^(?:\[(\d+)\/(\d+)\] )?STEP (\d+)\/(\d+): (.*)$/s.exec(line) ?? [];
	if (step === undefined || of === undefined) return null;
	const numbers = {stage: Number(stage), stages: Number(stages), step: Number(step), of: Number(of)};
	return {id: `${stage}/${stages} ${step}/${of}`, name, ...numbers};
};
