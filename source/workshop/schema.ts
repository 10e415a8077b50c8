import * as v from 'valibot';
import {id, innerPath, integer, names, sentence} from '../checks/fields.js';
import {checkSchema} from '../checks/registry.js';
import {messages} from '../messages/index.js';

const checks = v.optional(v.array(checkSchema), []);

/** A file of the lab folder that has one more line while a command runs. */
const edit = v.optional(v.nullable(v.strictObject({file: innerPath, line: sentence})), null);

/** What stands in a `<!-- step … -->` comment. */
export const stepSchema = v.strictObject({
	id,
	kind: v.picklist(['read', 'run', 'builder', 'challenge']),
	/** Ids of the steps that must have passed before this one can run. */
	needs: v.optional(v.array(id), []),
	/** The builder this step asks for, whatever the toggle says; null: the toggle's. */
	builder: v.optional(v.nullable(v.picklist(['legacy', 'buildkit'])), null),
	predict: v.optional(v.nullable(v.literal('stages')), null),
	/** Images whose sizes and IDs are compared after the run, each with the first. */
	compare: v.optional(names, []),
	/** Placeholder name → regular expression whose first group fills `{{name}}` in later commands. */
	capture: v.optional(
		v.record(
			id,
			v.pipe(
				v.string(),
				v.check(isRegularExpression, () => messages.workshop.yaml.noExpression),
			),
		),
		{},
	),
	checks,
	/** A learner may skip it, and a rehearsal does unless it is named. */
	optional: v.optional(v.boolean(), false),
	/** What is different in the lab folder while the command runs. */
	edit,
	/** Commands that run, at the learner's request, to judge a challenge once its checks pass. */
	judge: v.optional(v.array(v.strictObject({run: sentence, edit, checks})), []),
});

/** The front matter of `workshop.md`. */
export const workshopSchema = v.strictObject({
	format: v.literal(1, ({input}) =>
		typeof input === 'number' && input > 1
			? messages.workshop.yaml.newerFormat(input)
			: messages.workshop.yaml.mustBe('1'),
	),
	id,
	title: sentence,
	minutes: v.pipe(integer, v.minValue(1)),
	/** Base images that its Dockerfiles start from or that it pulls. */
	images: names,
	/** Folders copied into the lab folder. */
	contexts: v.array(innerPath),
});

/** A `run.yaml` of a solution or an attempt. */
export const overlaySchema = v.strictObject({
	/** The finding it must get: `passed` for a solution. */
	finding: id,
	commands: v.array(
		v.pipe(
			v.array(v.string()),
			v.minLength(1, () => messages.workshop.yaml.noProgram),
		),
	),
});

function isRegularExpression(source: string): boolean {
	try {
		return new RegExp(`${source}|`).exec('')?.length === 2;
	} catch {
		return false;
	}
}
