import {copiedFrom} from './copied-from.js';
import type {BuildFailure, PlannedInstruction, StageGraph} from './model.js';

/** An instruction of the Dockerfile, `FROM` included. */
type Written = Pick<PlannedInstruction, 'text' | 'line' | 'endLine'>;

/**
 * A failure that no instruction reported, with the instruction that it is about: found by the line that the builder
 * gives, else by what its words name, as CLI 20.10 gives no lines. No stage has begun then, so none has failed.
 */
export const locateFailure = (failure: BuildFailure, graph: StageGraph): BuildFailure => {
	if (failure.instruction !== null) return failure;
	const {line, message} = failure;
	const found =
		line === null
			? findByWords(message, graph)
			: writtenIn(graph).find(one => one.line <= line && line <= one.endLine);
	return found ? {...failure, instruction: found.text, line: line ?? found.line} : failure;
};

const writtenIn = ({stages}: StageGraph): Written[] =>
	stages.flatMap(({image, needs, line, instructions}) => [
		// What a stage starts from is the first that it needs.
		{text: `FROM ${image ?? needs[0]}`, line, endLine: line},
		...instructions,
	]);

const findByWords = (message: string, graph: StageGraph): Written | null => {
	const written = writtenIn(graph);
	// BuildKit of 28 does not say which one it means.
	if (message.includes('variable expansion is not supported for --from'))
		return only(written.filter(({text}) => copiedFrom(text)?.includes('$')));
	const image = /failed to parse stage name "([^"]+)"/.exec(message)?.[1];
	if (image !== undefined)
		return only(written.filter(({text}) => text === `FROM ${image}` || copiedFrom(text) === image));
	const number = /invalid stage index (\d+)/.exec(message)?.[1];
	if (number !== undefined) return only(written.filter(({text}) => isCopiedFrom(text, number)));
	const looped = /circular dependency detected on stage: (\S+)/.exec(message)?.[1];
	const stage = graph.stages.find(({name}) => name.toLowerCase() === looped?.toLowerCase());
	return stage ? only(stage.instructions.filter(({text}) => isCopiedFrom(text, stage.name))) : null;
};

const isCopiedFrom = (text: string, name: string): boolean =>
	copiedFrom(text)?.toLowerCase() === name.toLowerCase();

const only = (found: Written[]): Written | null => (found.length === 1 ? (found[0] ?? null) : null);
