import type {Build} from '../stages/model.js';
import type {CacheableStage} from './plan-instructions.js';
import {listBaseChain} from './project.js';

/** What a build of a project takes. */
export type Figures = {
	/** Bytes of the image, unpacked. */
	imageBytes: number;
	/** Seconds of the build after a change of a source file; null if it has none. */
	afterSource: number | null;
	/** Seconds of the build after a change of a file that lists packages; null if there is none. */
	afterPackages: number | null;
};

/** An instruction as it was built. */
type MeasuredInstruction = {
	line: number;
	text: string;
	/** Seconds since the build began, and that it took; null if it was not built. */
	began: number | null;
	seconds: number | null;
	/** Of its layer; null if unknown. */
	bytes: number | null;
};

/** A stage as it was built. `baseBytes`: of what it starts from; null if unknown. */
export type MeasuredStage = {
	name: string;
	/** Null if nothing of it ran. */
	seconds: number | null;
	baseBytes: number | null;
	/** The bytes that its instructions add. */
	ownBytes: number | null;
	instructions: MeasuredInstruction[];
};

/** A part of the final image. */
export type ImagePart = {
	bytes: number;
	/** The first line of the instruction that made it; null for the base image. */
	line: number | null;
	/** The base image, or the instruction. */
	text: string;
	/** The stages that it copies from. */
	from: string[];
};

/** A build of a project without its cache, and what comes of changes. */
export type Measurement = {
	/** Seconds of the build without its cache. */
	seconds: number;
	stages: MeasuredStage[];
	/** The parts of the final image, from its base up. */
	parts: ImagePart[];
	figures: Figures;
	/** The files that were changed, relative to the build context; null if there is none. */
	source: string | null;
	manifest: string | null;
};

/** An entry of an image's history. `text`: how it was made, `RUN /bin/sh -c make # buildkit`. */
export type HistoryEntry = {text: string; bytes: number};

/** Parses `docker history --no-trunc --human=false --format json`: the newest entry first. */
export const parseHistory = (output: string): HistoryEntry[] =>
	output
		.split('\n')
		.filter(Boolean)
		.map(line => {
			const {CreatedBy, Size}: {CreatedBy?: unknown; Size?: unknown} = JSON.parse(line);
			return {text: String(CreatedBy), bytes: Number(Size) || 0};
		});

/** Instructions that make a layer. */
const makesLayer = /^(?:RUN|COPY|ADD)\b/;

/** The layers of an image, as its instructions have made them: what is left is its base. */
export const matchHistory = (
	history: HistoryEntry[],
	chain: CacheableStage[],
): {base: number; layers: Map<CacheableStage['instructions'][number], number>} => {
	const instructions = chain
		.flatMap(stage => stage.instructions)
		.filter(({text}) => makesLayer.test(text))
		.reverse();
	const layers = new Map<CacheableStage['instructions'][number], number>();
	let base = 0;
	let at = 0;
	for (const {text, bytes} of history) {
		const instruction = instructions[at];
		if (instruction && makesLayer.test(text)) {
			layers.set(instruction, bytes);
			at++;
		} else if (at >= instructions.length) base += bytes;
	}
	return {base, layers};
};

/** Bytes of an image, from its history. */
export const countBytes = (history: HistoryEntry[]): number =>
	history.reduce((sum, {bytes}) => sum + bytes, 0);

/** The parts of an image, from its base up. */
export const listParts = (history: HistoryEntry[], stages: CacheableStage[], target: string): ImagePart[] => {
	const chain = listBaseChain(stages, target);
	const {base, layers} = matchHistory(history, chain);
	const image = chain[0]?.image;
	return [
		...(image ? [{bytes: base, line: null, text: image, from: []}] : []),
		...[...layers].reverse().map(([{line, text, stages: from, images}, bytes]) => ({
			bytes,
			line,
			text,
			from: [...from, ...images],
		})),
	];
};

/** What each stage took and adds. `histories`: of the image of each stage, by its name. */
export const listMeasuredStages = (
	build: Build,
	stages: CacheableStage[],
	histories: ReadonlyMap<string, HistoryEntry[]>,
): MeasuredStage[] =>
	stages.map(stage => {
		const built = build.stages.find(({name}) => name === stage.name);
		const history = histories.get(stage.name);
		const {base, layers} = matchHistory(history ?? [], listBaseChain(stages, stage.name));
		const instructions = stage.instructions.map(instruction => {
			const {line, text} = instruction;
			const {began = null, seconds = null} = built?.instructions.find(one => one.line === line) ?? {};
			return {line, text, began, seconds, bytes: history ? (layers.get(instruction) ?? 0) : null};
		});
		const ownBytes = history ? instructions.reduce((sum, {bytes}) => sum + (bytes ?? 0), 0) : null;
		return {
			name: stage.name,
			seconds: built?.seconds ?? null,
			baseBytes: history ? (stage.base === null ? base : countBytes(history) - (ownBytes ?? 0)) : null,
			ownBytes,
			instructions,
		};
	});
