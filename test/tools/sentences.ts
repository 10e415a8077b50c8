import {readdirSync} from 'node:fs';
import path from 'node:path';
import {parseFileSync} from '@swc/core';

/** A text in the sources that looks like part of a sentence. */
export type Sentence = {
	/** Relative to the folder. */
	file: string;
	text: string;
};

/** Two adjacent words, but not a command. */
const likeASentence = /(?:^|[^-\w/])[A-Za-z][a-z’]+[,:;]? [a-z][a-z’]+/;

/** The texts in a folder that look like a sentence: in literals, templates and JSX, not in comments and types. */
export const findSentences = (folder: string): Sentence[] =>
	readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file))
		.sort()
		.flatMap(file => {
			const parsed = parseFileSync(path.join(folder, file), {
				syntax: 'typescript',
				tsx: file.endsWith('x'),
			});
			return textsIn(parsed.body)
				.filter(text => likeASentence.test(text))
				.map(text => ({file: file.replaceAll(path.sep, '/'), text}));
		});

const textsIn = (node: unknown): string[] => {
	if (Array.isArray(node)) return node.flatMap(textsIn);
	if (typeof node !== 'object' || node === null) return [];
	const {type, value, ...rest} = node as {type?: string; value?: unknown; [key: string]: unknown};
	if (type === 'ImportDeclaration' || type?.startsWith('Ts')) return [];
	if ((type === 'StringLiteral' || type === 'JSXText') && typeof value === 'string') return [value];
	if (type === 'TemplateLiteral') {
		const {quasis, expressions} = rest as {quasis: {raw: string}[]; expressions: unknown[]};
		return [quasis.map(({raw}) => raw).join('…'), ...textsIn(expressions)];
	}
	// Visits `value` and the rest, as an object's property has its text in `value`.
	return [...textsIn(value), ...textsIn(Object.values(rest))];
};
