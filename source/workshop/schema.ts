import * as v from 'valibot';
import {id, innerPath, integer, names, sentence} from '../checks/fields.js';
import {checkSchema} from '../checks/registry.js';
import {messages} from '../messages/index.js';

const checks = v.optional(v.array(checkSchema), []);

/** A lab file that has an additional line while a command runs. */
const edit = v.optional(v.nullable(v.strictObject({file: innerPath, line: sentence})), null);

/** The content of a `<!-- step … -->` comment. */
export const stepSchema = v.strictObject({
	id,
	kind: v.picklist(['read', 'run', 'builder', 'challenge']),
	/** The ids of the steps that must pass before this one can run. */
	needs: v.optional(v.array(id), []),
	/** The builder that this step requires; null: the selected one. */
	builder: v.optional(v.nullable(v.picklist(['legacy', 'buildkit'])), null),
	predict: v.optional(v.nullable(v.literal('stages')), null),
	/** Images whose sizes and IDs are compared with the first one's after the run. */
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
	/** Whether learners may skip it. A rehearsal does, unless it is named. */
	optional: v.optional(v.boolean(), false),
	/** A change in the lab folder while the command runs. */
	edit,
	/** The proofs of a challenge: commands that judge it at the learner's request, once its checks pass. */
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
	/** The base images that its Dockerfiles start from or its commands pull. */
	images: names,
	/** The folders copied into the lab folder. */
	contexts: v.array(innerPath),
});

/** A `run.yaml` of a solution or an attempt. */
export const overlaySchema = v.strictObject({
	/** The finding that it must get: `passed` for a solution. */
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
