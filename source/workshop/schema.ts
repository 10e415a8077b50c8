import * as v from 'valibot';
import {id, innerPath, integer, names, sentence} from '../checks/fields.js';
import {checkSchema} from '../checks/registry.js';

const checks = v.optional(v.array(checkSchema), []);

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
	minutes: v.pipe(integer, v.minValue(1)),
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
