import type {BaseIssue} from 'valibot';
import * as v from 'valibot';
import {
	type Document,
	isAlias,
	isMap,
	isNode,
	isScalar,
	LineCounter,
	parseDocument,
	visit,
	type YAMLError,
} from 'yaml';
import {messages} from '../messages/index.js';
import {describeError, didYouMeanClause} from '../text/wording.js';
import type {Position, Report} from './problems.js';

/** Returns the position of a key or list item in the file; of the closest node around it if it is missing. */
export type Locate = (...keys: Array<string | number>) => Position;

/**
 * Parses YAML inside another file and checks it against a schema. Reports problems with their position in the file, and
 * returns null if there are any. `origin`: the position of the YAML in the file.
 */
export const parseYaml = <Schema extends v.GenericSchema>(
	text: string,
	schema: Schema,
	report: Report,
	origin: Position = {line: 1, column: 1},
): {value: v.InferOutput<Schema>; locate: Locate} | null => {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, stringKeys: true, prettyErrors: false});
	const placeOf = (offset: number): Position => {
		const {line, col} = lines.linePos(offset);
		return {line: origin.line + line - 1, column: line === 1 ? origin.column + col - 1 : col};
	};
	// Only the first error of a line, which causes the others.
	const reportedLines = new Set<number>();
	const errors = [...document.errors, ...document.warnings];
	const tabs = errors.filter(({code}) => code === 'TAB_AS_INDENT');
	// A tab misplaces the lines below it.
	for (const error of tabs.length > 0 ? tabs : errors) {
		const {message, offset} = describeYamlError(error, text, document);
		const place = placeOf(offset);
		if (!reportedLines.has(place.line)) report(message, place);
		reportedLines.add(place.line);
	}
	if (reportedLines.size > 0) return null;
	const alias = findAlias(document);
	if (alias) {
		report(messages.workshop.yaml.alias(alias.name), placeOf(alias.offset));
		return null;
	}
	let value: unknown;
	try {
		value = document.toJS({maxAliasCount: 0});
	} catch (error) {
		report(describeError(error), placeOf(0));
		return null;
	}
	const locate: Locate = (...keys) => placeOf(findOffset(document, keys));
	const result = v.safeParse(schema, value);
	if (result.success) return {value: result.output, locate};
	for (const issue of result.issues) {
		const keys = issue.path?.map(({key}) => key) ?? [];
		report(
			describeIssue(issue, findKeys(schema as Described, value, keys.slice(0, -1))),
			placeOf(findOffset(document, keys)),
		);
	}
	return null;
};

/** What valibot's schemas have, as far as it leads to the keys of an object. */
type Described = {
	wrapped?: Described;
	item?: Described;
	entries?: Record<string, Described>;
	options?: Described[];
	key?: unknown;
	literal?: unknown;
};

/** The keys that a schema knows at a place in a value; empty if it is no object. */
const findKeys = (schema: Described, value: unknown, [key, ...below]: unknown[]): string[] => {
	if (schema.wrapped) return findKeys(schema.wrapped, value, key === undefined ? [] : [key, ...below]);
	if (schema.options) {
		const fits = (option: Described) =>
			typeof schema.key === 'string' &&
			option.entries?.[schema.key]?.literal === (value as Record<string, unknown> | null)?.[schema.key];
		const option = schema.options.find(fits);
		return option ? findKeys(option, value, key === undefined ? [] : [key, ...below]) : [];
	}
	if (key === undefined) return Object.keys(schema.entries ?? {});
	const inner = typeof key === 'number' ? schema.item : schema.entries?.[String(key)];
	return inner ? findKeys(inner, (value as Record<string, unknown> | null)?.[String(key)], below) : [];
};

/** Aliases are rejected, as a few of them can expand a small text to gigabytes. */
const findAlias = (document: Document.Parsed): {name: string; offset: number} | null => {
	let found: {name: string; offset: number} | null = null;
	visit(document, {
		Alias(_key, node) {
			found = {name: node.source, offset: node.range?.[0] ?? 0};
			return visit.BREAK;
		},
	});
	return found;
};

const findOffset = (document: Document.Parsed, keys: unknown[]): number => {
	for (let length = keys.length; length > 0; length--) {
		const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1), true);
		const key = keys[length - 1];
		const pair = isMap(parent)
			? parent.items.find(item => isScalar(item.key) && item.key.value === key)
			: undefined;
		if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
		const node = document.getIn(keys.slice(0, length), true);
		if (isNode(node) && !isAlias(node) && node.range) return node.range[0];
	}
	return document.contents?.range[0] ?? 0;
};

/** Describes a problem with a value in a sentence about its key. `known`: the keys that are possible beside it. */
const describeIssue = (issue: BaseIssue<unknown>, known: string[]): string => {
	const keys = issue.path?.map(({key}) => key) ?? [];
	const name = keys.findLast(key => typeof key === 'string');
	const {noKeys, unknownKey, missingKey, value, item} = messages.workshop.yaml;
	if (name === undefined) return noKeys;
	if (issue.expected === 'never') return unknownKey(name) + didYouMeanClause(name, known);
	if (issue.received === 'undefined') return missingKey(name);
	const fault = issue.message.startsWith('Invalid ') ? describeExpectation(issue) : issue.message;
	return (typeof keys.at(-1) === 'number' ? item : value)(name, fault);
};

/** Says what to write, where Valibot's messages name types. */
const describeExpectation = ({expected, received}: BaseIssue<unknown>): string => {
	const {mustBe, mustBeOneOf} = messages.workshop.yaml;
	const faults: Partial<Record<string, string>> = messages.workshop.yaml.faults;
	const wanted = expected ?? '';
	const choices = [...wanted.matchAll(/"([^"]*)"/g)].map(([, choice = '']) => choice);
	if (choices.length > 1) {
		const written = received.replaceAll('"', '');
		return mustBeOneOf(choices, written) + didYouMeanClause(written, choices);
	}
	return faults[wanted] ?? mustBe(choices[0] ?? wanted);
};

/** How to fix invalid YAML, and the offset in its text at which to do so. */
type Advice = {message: string; offset: number};

/**
 * Says what to write, where the parser's messages explain its grammar. Only common slips, recognised by the parser's
 * code and wording, have messages of their own; the others keep the parser's.
 */
const describeYamlError = (
	{code, message, pos}: YAMLError,
	text: string,
	document: Document.Parsed,
): Advice => {
	const [offset] = pos;
	const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
	const rest = text.slice(offset).split('\n', 1)[0] ?? '';
	const at = (advice: string, place = offset): Advice => ({message: advice, offset: place});
	const theirs = message.trimEnd().replace(/\.$/, '');
	const say = messages.workshop.yaml;
	switch (code) {
		case 'BLOCK_AS_IMPLICIT_KEY':
			return at(/:\s/.test(rest) ? say.colonUnquoted : say.indentedTooFar);
		case 'MULTILINE_IMPLICIT_KEY':
			return at(say.unfinished);
		case 'MISSING_CHAR': {
			const [, quote] = /^Missing closing (["'])/.exec(message) ?? [];
			if (quote) return at(say.openQuote(quote), lastQuoted(document) ?? offset);
			return at(message.startsWith('Sequence') ? say.misplaced : say.unfinished);
		}
		case 'BAD_INDENT': {
			const [, bracket] = /end with a ([\]}])$/.exec(message) ?? [];
			if (!bracket) return at(say.misplaced);
			return at((before.trim() === '' ? say.openBracketAbove : say.openBracket)(bracket));
		}
		case 'BAD_SCALAR_START':
			return at(say.mustBeQuoted(rest.charAt(0)));
		case 'TAG_RESOLVE_FAILED':
			return at(say.mustBeQuoted('!'));
		case 'BAD_DQ_ESCAPE':
			return at(say.backslash);
		case 'TAB_AS_INDENT':
			return at(say.tabs);
		case 'DUPLICATE_KEY':
			return at(say.repeatedKey);
		case 'MULTIPLE_DOCS':
			return at(say.documentEnd);
		case 'UNEXPECTED_TOKEN':
			if (message.startsWith('Not a YAML token')) return at(say.blockText);
			if (!message.startsWith('Unexpected scalar')) return at(theirs);
			if (before.trim() === '') return at(say.misplaced);
			return at(/["']\s*$/.test(before) ? say.endedEarly : say.bracketUnquoted);
		default:
			return at(theirs);
	}
};

/** The offset of the last quoted text: one that is never closed extends to the end. */
const lastQuoted = (document: Document.Parsed): number | undefined => {
	let last: number | undefined;
	visit(document, {
		Scalar(_key, {type, range}) {
			if (type?.startsWith('QUOTE')) last = range?.[0];
		},
	});
	return last;
};
