import * as v from 'valibot';
import {isMap, isScalar, LineCounter, parseDocument} from 'yaml';
import {messageOf} from '../text/message-of.js';
import type {Report} from './problems.js';

/**
 * Reads YAML that stands in a Markdown file and checks it against a schema. Problems are reported with their place in
 * the file; null when there are any. `lineOffset`: how many lines of the file stand before the YAML.
 */
export const parseYaml = <Schema extends v.GenericSchema>(
	text: string,
	schema: Schema,
	report: Report,
	lineOffset: number,
): v.InferOutput<Schema> | null => {
	const lines = new LineCounter();
	// `maxAliasCount: 0` refuses aliases: a few of them can blow a small text up to gigabytes.
	const document = parseDocument(text, {lineCounter: lines, stringKeys: true, prettyErrors: false});
	const reportAt = (message: string, offset: number) => {
		const {line, col} = lines.linePos(offset);
		report(message, lineOffset + line, col);
	};
	if (document.errors.length > 0) {
		for (const {message, pos} of document.errors) reportAt(message, pos[0]);
		return null;
	}
	let value: unknown;
	try {
		value = document.toJS({maxAliasCount: 0});
	} catch (error) {
		reportAt(messageOf(error), 0);
		return null;
	}
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	for (const issue of result.issues) {
		const keys = issue.path?.map(({key}) => key) ?? [];
		reportAt(`${keys.length > 0 ? `${keys.join('.')}: ` : ''}${issue.message}`, offsetOf(document, keys));
	}
	return null;
};

/** Where the key stands; where the nearest thing around it stands when it is missing. */
const offsetOf = (document: ReturnType<typeof parseDocument>, keys: unknown[]): number => {
	for (let length = keys.length; length > 0; length--) {
		const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1), true);
		const key = keys[length - 1];
		const pair = isMap(parent)
			? parent.items.find(item => isScalar(item.key) && item.key.value === key)
			: undefined;
		if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
		const node = document.getIn(keys.slice(0, length), true);
		if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range))
			return node.range[0];
	}
	return 0;
};
