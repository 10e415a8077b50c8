import type {Step, Workshop} from '../../source/workshop/model.js';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';

/** A chapter with one question of each form, without mistakes. */
export const questionChapter = `# Questions

## Which stages run?

<!-- step
id: which-stages
kind: question
-->

The last stage copies from \`words\` only.

- [ ] All of them

  The legacy builder does that.

- [x] \`words\` and the last one

  Nothing needs the others.

- [ ] Only the last one

  What it copies has to be there first.

## What goes into the image?

<!-- step
id: what-stays
kind: question
-->

- [x] What is copied
- [ ] What is in the other stages

  They stay behind.

- [x] What is in its base image

## How many stages?

<!-- step
id: how-many
kind: question
answer: {is: 3, says: 'Each \`FROM\` begins one.'}
wrong:
  - {matches: '^2$', says: The last one counts too.}
otherwise: Count the lines that begin with \`FROM\`.
-->

Three lines begin with \`FROM\`.

## Which flag?

<!-- step
id: which-flag
kind: question
answer: {is: --target}
otherwise: It names a stage.
-->

It ends a build early.
`;

/** The steps of that chapter, or of one with another text. */
export const questionSteps = (chapter = questionChapter): Step[] => {
	const cover = '---\nformat: 1\nid: asks\ntitle: Asks\nminutes: 1\nimages: []\ncontexts: []\n---\n';
	const {draft} = parseWorkshop(
		new Map([
			['workshop.md', cover],
			['01-questions.md', chapter],
		]),
	);
	return draft.chapters.flatMap(({steps}) => steps);
};

/** Adds these questions to the beginning of a workshop. */
export const askFirst = (workshop: Workshop): Workshop => ({
	...workshop,
	chapters: [
		{id: 'questions', title: 'Questions', file: '01-questions.md', steps: questionSteps()},
		...workshop.chapters,
	],
});
