import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {listPlaceholders} from '../../text/placeholders.js';
import {findRun, passed} from '../facts.js';
import {regularExpression, sentence} from '../fields.js';
import {type CheckKind, defineKind, words} from '../kind.js';
import type {RunFact} from '../model.js';
import {findMismatch, textFields} from '../text.js';

/** A number in YAML, or a value that an earlier step captured: `{{size}}`. */
const limit = v.union(
	[v.number(), v.pipe(sentence, v.regex(/^\{\{[a-z0-9-]+\}\}$/))],
	() => messages.checks.fields.limit,
);

/** A number of the output, compared with others. At least one comparison is needed, and all must hold. */
const number = v.strictObject({
	/** A regular expression whose first group is the number; the first match counts. */
	pattern: regularExpression,
	is: v.exactOptional(limit),
	least: v.exactOptional(limit),
	most: v.exactOptional(limit),
	'less-than': v.exactOptional(limit),
	'more-than': v.exactOptional(limit),
});

type Numbers = v.InferOutput<typeof number>;

const comparisons = {
	is: (one, other) => one === other,
	least: (one, other) => one >= other,
	most: (one, other) => one <= other,
	'less-than': (one, other) => one < other,
	'more-than': (one, other) => one > other,
} satisfies Partial<Record<keyof Numbers, (one: number, other: number) => boolean>>;

type Comparison = keyof typeof comparisons;
const comparisonNames = Object.keys(comparisons) as Comparison[];

const schemaOf = <Stream extends 'stdout' | 'stderr'>(stream: Stream) =>
	v.strictObject({
		check: v.literal(stream),
		...textFields,
		number: v.exactOptional(number),
		...words,
	});

/** Passes if what the step's command printed contains, lacks or matches something, or has the right number in it. */
const defineOutput = <Stream extends 'stdout' | 'stderr'>(
	stream: Stream,
): CheckKind<ReturnType<typeof schemaOf<Stream>>> =>
	defineKind({
		schema: schemaOf(stream),
		subject: 'run',
		captured: ({number: wanted}) =>
			wanted ? comparisonNames.flatMap(name => listPlaceholders(String(wanted[name] ?? ''))) : [],
		judge({number: wanted, ...expected}, facts) {
			const run = findRun(facts);
			if (!run) return messages.checks.commandNotRun;
			const say = messages.checks.output;
			const text = run[stream];
			const mismatch = findMismatch(text, expected, say.subjects[stream]);
			if (mismatch !== null) return mismatch;
			if (wanted) return judgeNumber(wanted, text, run);
			if (expected.has || expected.matches) return passed(say.asExpected);
			return passed(text.trim() === '' ? say.silent : say.clean);
		},
		lint({number: wanted}) {
			if (!wanted) return null;
			const {noGroup, noComparison} = messages.checks.output.lint;
			if (!hasGroup(wanted.pattern)) return {message: noGroup, keys: ['number', 'pattern']};
			return comparisonNames.some(name => wanted[name] !== undefined)
				? null
				: {message: noComparison(comparisonNames), keys: ['number']};
		},
	});

const hasGroup = (pattern: string): boolean => (new RegExp(`${pattern}|`).exec('')?.length ?? 1) > 1;

const judgeNumber = ({pattern, ...wanted}: Numbers, text: string, {captured = {}}: RunFact) => {
	const say = messages.checks.output;
	const written = new RegExp(pattern, 'm').exec(text)?.[1];
	if (written === undefined) return say.noMatch(pattern);
	const found = readNumber(written);
	if (found === null) return say.noNumber(written);
	for (const name of comparisonNames) {
		const limit = wanted[name];
		if (limit === undefined) continue;
		const [source] = listPlaceholders(String(limit));
		const other =
			source === undefined ? String(limit) : Object.hasOwn(captured, source) ? captured[source] : undefined;
		if (other === undefined) return say.notCaptured(source ?? '');
		const number = readNumber(other);
		if (number === null) return say.noNumber(other);
		if (!comparisons[name](found, number)) return say.wrongNumber(written, name, other);
	}
	return passed(say.rightNumber(written));
};

/** Units of sizes in bytes, as Docker prints them. */
const units: Record<string, number> = {
	'': 1,
	B: 1,
	kB: 1e3,
	MB: 1e6,
	GB: 1e9,
	TB: 1e12,
	KiB: 2 ** 10,
	MiB: 2 ** 20,
	GiB: 2 ** 30,
	TiB: 2 ** 40,
};

/** Reads `12`, `1,204`, `-0.5` or a size such as `6.57MB`, which becomes bytes; null for anything else. */
const readNumber = (written: string): number | null => {
	const [, digits, unit = ''] =
		/^([-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:e[-+]?\d+)?) ?([kKMGT]?i?B)?$/.exec(written.trim()) ?? [];
	const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
	return digits === undefined || factor === undefined ? null : Number(digits.replaceAll(',', '')) * factor;
};

export const stdout = defineOutput('stdout');
export const stderr = defineOutput('stderr');
