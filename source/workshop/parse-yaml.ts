import * as v from 'valibot';
import {type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit} from 'yaml';
import {messageOf} from '../text/message-of.js';
import {describeIssue} from './describe-issue.js';
import {describeYamlError} from './describe-yaml-error.js';
import type {Place, Report} from './problems.js';

/** Where a key, or an item of a list, stands in the file; where the nearest thing around it stands when it does not. */
export type Locate = (...keys: Array<string | number>) => Place;

/**
 * Reads YAML that stands in another file and checks it against a schema. Problems are reported with their place in
 * the file; null when there are any. `origin`: where in the file the YAML begins.
 */
export const parseYaml = <Schema extends v.GenericSchema>(
	text: string,
	schema: Schema,
	report: Report,
	origin: Place = {line: 1, column: 1},
): {value: v.InferOutput<Schema>; locate: Locate} | null => {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, stringKeys: true, prettyErrors: false});
	const placeOf = (offset: number): Place => {
		const {line, col} = lines.linePos(offset);
		return {line: origin.line + line - 1, column: line === 1 ? origin.column + col - 1 : col};
	};
	// The first error of a line: the others follow from it.
	const told = new Set<number>();
	for (const error of [...document.errors, ...document.warnings]) {
		const {message, offset} = describeYamlError(error, text, document);
		const place = placeOf(offset);
		if (!told.has(place.line)) report(message, place);
		told.add(place.line);
	}
	if (told.size > 0) return null;
	const alias = findAlias(document);
	if (alias) {
		report(`aliases are not read: write out what \`*${alias.name}\` stands for`, placeOf(alias.offset));
		return null;
	}
	let value: unknown;
	try {
		value = document.toJS({maxAliasCount: 0});
	} catch (error) {
		report(messageOf(error), placeOf(0));
		return null;
	}
	const locate: Locate = (...keys) => placeOf(offsetOf(document, keys));
	const result = v.safeParse(schema, value);
	if (result.success) return {value: result.output, locate};
	for (const issue of result.issues) {
		const keys = issue.path?.map(({key}) => key) ?? [];
		report(describeIssue(issue), placeOf(offsetOf(document, keys)));
	}
	return null;
};

/** A few aliases can blow a small text up to gigabytes, so none is followed. */
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

const offsetOf = (document: Document.Parsed, keys: unknown[]): number => {
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
