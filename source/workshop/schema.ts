import * as v from 'valibot';
import type {CheckDeclaration} from '../checks/model.js';

const id = v.pipe(
	v.string(),
	v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by dashes'),
);
const sentence = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'));
const names = v.array(sentence);

/** A path inside the workshop's folder: `/` between its parts, never out of the folder. */
const innerPath = v.pipe(
	sentence,
	v.check(
		path => !path.startsWith('/') && !/^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes('..'),
		'must stay inside the folder',
	),
);

const words = {finding: id, hint: sentence};

const checkSchema = v.variant('check', [
	v.strictObject({check: v.literal('exit'), is: v.pipe(v.number(), v.integer()), ...words}),
	v.strictObject({check: v.literal('stdout'), has: v.optional(names), lacks: v.optional(names), ...words}),
	v.strictObject({check: v.literal('file'), path: innerPath, has: names, ...words}),
	v.strictObject({
		check: v.literal('image'),
		image: sentence,
		exists: v.optional(v.boolean()),
		'smaller-than': v.optional(v.strictObject({image: sentence, factor: v.pipe(v.number(), v.gtValue(0))})),
		'built-on': v.optional(sentence),
		...words,
	}),
	v.strictObject({
		check: v.literal('stages'),
		builder: v.optional(v.picklist(['legacy', 'buildkit'])),
		done: v.optional(names),
		skipped: v.optional(names),
		cached: v.optional(names),
		overlap: v.optional(v.strictObject({stages: names, seconds: v.number()})),
		...words,
	}),
	v.strictObject({
		check: v.literal('dockerfile'),
		path: innerPath,
		stages: v.optional(names),
		unneeded: v.optional(names),
		...words,
	}),
	v.strictObject({
		check: v.literal('instructions'),
		stage: v.optional(sentence),
		built: v.optional(names),
		cached: v.optional(names),
		anew: v.optional(names),
		...words,
	}),
	v.strictObject({
		check: v.literal('container'),
		name: sentence,
		state: v.optional(sentence),
		image: v.optional(sentence),
		...words,
	}),
	v.strictObject({
		check: v.literal('port-chain'),
		image: sentence,
		'forbidden-ports': v.optional(v.array(v.pipe(v.number(), v.integer())), []),
		...words,
	}),
]);

type WrittenCheck = v.InferOutput<typeof checkSchema>;

/** YAML writes keys with dashes, the code in camel case; keys that are not given are left out. */
const toDeclaration = (check: WrittenCheck): CheckDeclaration => {
	const camel = Object.entries(check)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => [key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), value]);
	return Object.fromEntries(camel) as CheckDeclaration;
};

const checks = v.optional(
	v.pipe(
		v.array(checkSchema),
		v.transform(written => written.map(toDeclaration)),
	),
	[],
);

/** A file of the lab folder that has one more line while a command runs. */
const edit = v.optional(v.nullable(v.strictObject({file: innerPath, line: sentence})), null);

/** What stands in a `<!-- step … -->` comment. */
export const stepSchema = v.strictObject({
	id,
	kind: v.picklist(['read', 'run', 'builder', 'challenge']),
	needs: v.optional(v.array(id), []),
	builder: v.optional(v.nullable(v.picklist(['legacy', 'buildkit'])), null),
	predict: v.optional(v.nullable(v.literal('stages')), null),
	compare: v.optional(names, []),
	capture: v.optional(
		v.record(
			id,
			v.pipe(v.string(), v.check(isRegularExpression, 'must be a regular expression with one group')),
		),
		{},
	),
	checks,
	optional: v.optional(v.boolean(), false),
	edit,
	judge: v.optional(v.array(v.strictObject({run: sentence, edit, checks})), []),
});

/** The front matter of `workshop.md`. */
export const workshopSchema = v.strictObject({
	format: v.literal(1, ({input}) =>
		typeof input === 'number' && input > 1
			? `is ${input}, and this version of the program reads format 1: update the program`
			: 'must be 1',
	),
	id,
	title: sentence,
	minutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
	images: names,
	contexts: v.array(innerPath),
});

/** A `run.yaml` of a solution or an attempt. */
export const overlaySchema = v.strictObject({
	finding: id,
	commands: v.array(v.pipe(v.array(v.string()), v.minLength(1, 'must name a program'))),
});

function isRegularExpression(source: string): boolean {
	try {
		return new RegExp(`${source}|`).exec('')?.length === 2;
	} catch {
		return false;
	}
}
