import * as v from 'valibot';
import {id, innerPath, integer, names, sentence} from '../checks/fields.js';
import {checkSchema} from '../checks/registry.js';
import {messages} from '../messages/index.js';

const isMatching = (source: string): boolean => countGroups(source) !== null;
const hasOneGroup = (source: string): boolean => countGroups(source) === 1;

/** A regular expression with one group. */
const expression = v.pipe(
	v.string(),
	v.check(hasOneGroup, () => messages.workshop.yaml.noExpression),
);

/** The most answers to a question, and choices of a prediction. */
export const maxChoices = 5;

const choices = v.pipe(
	names,
	v.minLength(2, () => messages.workshop.question.choiceCount(maxChoices)),
	v.maxLength(maxChoices, () => messages.workshop.question.choiceCount(maxChoices)),
);

/** What the learner says of a run beforehand. `resolves`: the sentence that explains it to those who were wrong. */
const prediction = v.variant('about', [
	/** Which stages will run. */
	v.strictObject({about: v.literal('stages'), resolves: v.optional(v.nullable(sentence), null)}),
	/** Which of these texts the command prints. `otherwise`: the choice that is right if it prints none of them. */
	v.pipe(
		v.strictObject({
			about: v.literal('line'),
			choices: v.pipe(
				names,
				v.maxLength(maxChoices, () => messages.workshop.question.choiceCount(maxChoices)),
			),
			otherwise: v.optional(v.nullable(sentence), null),
			resolves: sentence,
		}),
		v.forward(
			v.check(
				one => one.choices.length + (one.otherwise === null ? 0 : 1) > 1,
				() => messages.workshop.question.choiceCount(maxChoices),
			),
			['choices'],
		),
	),
	/** Which of the images in `compare` is the biggest. */
	v.strictObject({about: v.literal('bigger'), resolves: sentence}),
	/** Which stages come from the cache; with `choices`, which instructions, each by a part of its text. */
	v.strictObject({
		about: v.literal('cached'),
		choices: v.optional(v.nullable(choices), null),
		resolves: sentence,
	}),
	/** How long the command takes. `tolerance`: in seconds; null: from half to twice the time is right. */
	v.strictObject({
		about: v.literal('seconds'),
		tolerance: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), null),
		resolves: sentence,
	}),
	/** Which port. `matches`: finds it in the output; its first group is the port. */
	v.strictObject({
		about: v.literal('port'),
		matches: v.optional(expression, String.raw`:(\d+)\b`),
		resolves: sentence,
	}),
]);

const stagesInShort = v.pipe(
	v.literal('stages'),
	v.transform(() => ({about: 'stages' as const, resolves: null})),
);

const checks = v.optional(v.array(checkSchema), []);

/** A lab file that has an additional line, or another text in place of a piece, while a command runs. */
const edit = v.optional(
	v.nullable(
		v.pipe(
			v.strictObject({
				file: innerPath,
				line: v.exactOptional(sentence),
				replace: v.exactOptional(sentence),
				with: v.exactOptional(sentence),
			}),
			v.check(
				({line, replace, with: by}) =>
					(line === undefined) === (replace !== undefined) && (replace === undefined) === (by === undefined),
				() => messages.workshop.yaml.noEdit,
			),
		),
	),
	null,
);

/** The content of a `<!-- step … -->` comment. */
export const stepSchema = v.strictObject({
	id,
	kind: v.picklist(['read', 'run', 'builder', 'challenge', 'question', 'blank', 'repair']),
	/** The ids of the steps that must pass before this one can run. */
	needs: v.optional(v.array(id), []),
	/** The builder that this step requires; null: the selected one. */
	builder: v.optional(v.nullable(v.picklist(['legacy', 'buildkit'])), null),
	predict: v.optional(
		v.nullable(v.lazy(input => (typeof input === 'string' ? stagesInShort : prediction))),
		null,
	),
	/** Images whose sizes and IDs are compared with the first one's after the run. */
	compare: v.optional(names, []),
	/** The id of an earlier step: the builds of both are compared, instruction by instruction. */
	beside: v.optional(v.nullable(id), null),
	/** Placeholder name → regular expression whose first group fills `{{name}}` in later commands. */
	capture: v.optional(v.record(id, expression), {}),
	checks,
	/** Whether learners may skip it. A rehearsal does, unless it is named. */
	optional: v.optional(v.boolean(), false),
	/** A change in the lab folder while the command runs. */
	edit,
	/** The proofs of a challenge: commands that judge it at the learner's request, once its checks pass. */
	judge: v.optional(v.array(v.strictObject({run: sentence, edit, checks})), []),
	/** The answer to a question that is typed. `tolerance`: how far off a number may be. `says`: why it is right. */
	answer: v.optional(
		v.nullable(
			v.strictObject({
				is: v.union([sentence, v.number()]),
				tolerance: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
				says: v.optional(v.nullable(sentence), null),
			}),
		),
		null,
	),
	/** Wrong answers that were to be expected, by a regular expression, and why they are wrong. */
	wrong: v.optional(
		v.array(
			v.strictObject({
				matches: v.pipe(
					v.string(),
					v.check(isMatching, () => messages.workshop.question.noExpression),
				),
				says: sentence,
			}),
		),
		[],
	),
	/** Why any other answer is wrong. */
	otherwise: v.optional(v.nullable(sentence), null),
	/** What belongs into each `{{?}}` of a `blank` step's command, in order. */
	fills: v.optional(names, []),
	/** Commands that prepare the step. */
	setup: v.optional(names, []),
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

/** The number of groups in a regular expression; null if it is none. */
function countGroups(source: string): number | null {
	try {
		return (new RegExp(`${source}|`).exec('')?.length ?? 0) - 1;
	} catch {
		return null;
	}
}
