import {temporaryFolder} from './child-environment.js';
import {writeFiles} from './write-files.js';

const dockerfile = 'FROM alpine:3.13 AS words\nRUN echo hello > /words.txt\n';

const step = (id: string, rest: string, patch: string, command: string) => `## Step ${id}

<!-- step
id: ${id}
${rest}
checks:
  - {check: exit, is: 0, finding: build-failed, hint: The build failed.}
-->

<!-- show: app/Dockerfile -->

\`\`\`diff patch
--- app/Dockerfile
+++ app/Dockerfile
${patch}
\`\`\`

\`\`\`sh run
${command}
\`\`\`

`;

/** Writes a workshop whose three steps change the same line of a Dockerfile, one after the other. Returns its folder. */
export const writePatchingWorkshop = (): string => {
	const folder = temporaryFolder();
	writeFiles(folder, {
		'workshop.md': `---
format: 1
id: patching
title: Patching
minutes: 5
images: [alpine:3.13]
contexts: [app]
---
`,
		'01-do.md': `# Do

${step('two', 'kind: run', '@@ -2 +2 @@\n-RUN echo hello > /words.txt\n+RUN echo two > /words.txt', 'docker build -t two ./app')}
${step('three', 'kind: run', '@@ -2 +2,2 @@\n-RUN echo two > /words.txt\n+RUN echo three > /words.txt\n+FROM words AS three', 'docker build -t three ./app')}
${step('four', 'kind: blank\nfills: [four]', '@@ -2 +2 @@\n-RUN echo three > /words.txt\n+RUN echo four > /words.txt', 'docker build -t {{?}} ./app')}
`,
		'app/Dockerfile': dockerfile,
	});
	return folder;
};
