import {expandArgs} from '../build/expand-args.js';
import type {PlannedStage, StageGraph} from '../build/model.js';
import type {ImageConfig} from './model.js';
import {readExposed} from './read-ports.js';

/** What `scratch` says: nothing. */
export const emptyConfig: ImageConfig = {exposed: [], entrypoint: [], command: [], hasShell: false};

/**
 * What the image of a Dockerfile's target says about its containers. `configOf` tells it of images that a stage starts
 * from; null when that is not known.
 */
export const readConfig = (
	{stages, target}: StageGraph,
	buildArgs: ReadonlyMap<string, string>,
	configOf: (image: string) => ImageConfig | null,
): ImageConfig | null => {
	const ofStage = (name: string): ImageConfig | null => {
		const stage = stages.find(one => one.name === name);
		if (!stage) return null;
		// A stage that starts from no image starts from the stage that it needs first.
		const base = stage.image === null ? ofStage(stage.needs[0] ?? '') : configOf(stage.image);
		return base && foldStage(stage, base, buildArgs);
	};
	return ofStage(target);
};

const foldStage = (
	{instructions}: PlannedStage,
	base: ImageConfig,
	buildArgs: ReadonlyMap<string, string>,
): ImageConfig => {
	const variables = new Map<string, string>();
	let config = base;
	let hasOwnCommand = false;
	for (const {keyword, text} of instructions) {
		const rest = text.slice(keyword.length).trim();
		if (keyword === 'ENV' || keyword === 'ARG') {
			for (const [name, value] of readVariables(rest)) {
				const given = keyword === 'ARG' ? (buildArgs.get(name) ?? value) : value;
				variables.set(name, expandArgs(given, variables));
			}
		} else if (keyword === 'EXPOSE') {
			const ports = expandArgs(rest, variables)
				.split(/\s+/)
				.flatMap(word => readExposed(word) ?? []);
			config = {...config, exposed: [...new Set([...config.exposed, ...ports])]};
		} else if (keyword === 'CMD') {
			config = {...config, command: readWords(rest)};
			hasOwnCommand = true;
		} else if (keyword === 'ENTRYPOINT') {
			// What the base's CMD hands over was meant for another program.
			config = {...config, entrypoint: readWords(rest), command: hasOwnCommand ? config.command : []};
		}
	}
	return config;
};

/** `["/whoami"]` as it stands; anything else goes to a shell. */
const readWords = (text: string): string[] => {
	try {
		const words: unknown = JSON.parse(text);
		if (Array.isArray(words) && words.every(word => typeof word === 'string')) return words;
	} catch {
		// No list of words: the shell form.
	}
	return ['/bin/sh', '-c', text];
};

/** `A=1 B="two"`, and `A 1` as it was written long ago. */
const readVariables = (text: string): Array<[string, string]> => {
	const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)];
	if (pairs.length > 0) {
		return pairs.map(([, name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/s, '$2')]);
	}
	const [, name, value = ''] = /^([A-Za-z_]\w*)(?:\s+(.*))?$/s.exec(text) ?? [];
	return name === undefined ? [] : [[name, value]];
};
