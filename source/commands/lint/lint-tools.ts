import parseArgsStringToArgv from 'string-argv';
import {lintDockerfile} from '../../build/lint-dockerfile.js';
import {judgeChecks} from '../../checks/judge.js';
import type {Fact} from '../../checks/model.js';
import {readDocker} from '../../docker/command.js';
import {untraceable} from '../../docker/untraceable.js';
import {planRun} from '../../session/perform/plan-run.js';
import {imageName} from '../../text/image-name.js';
import type {LintTools} from '../../workshop/lint/lint-tools.js';

/** What lint asks of other parts of the program. */
export const lintTools: LintTools = {
	readDockerfile(text) {
		const {problems, graph} = lintDockerfile(text);
		const stages = graph?.stages ?? [];
		return {
			problems,
			stages: stages.flatMap(({name, index}) => [name.toLowerCase(), String(index)]),
			images: stages.flatMap(({image, line}) => (image === null ? [] : [{image, line}])),
		};
	},
	planBuild(command) {
		const build = planRun(command, 'buildkit', {version: '', buildx: null}).build;
		if (!build) return null;
		const {dockerfile, target, tags} = build;
		return dockerfile === null ? null : {dockerfile, target, tags};
	},
	untraceable(words) {
		const [program, ...rest] = words;
		// Compose as a program of its own does the same.
		const docker = readDocker(program === 'docker-compose' ? ['docker', 'compose', ...rest] : words);
		return docker && untraceable(docker);
	},
	splitCommand: parseArgsStringToArgv,
	passesAtStart(checks, read) {
		// Of anything else than files nothing is known without an engine.
		if (checks.some(({check}) => check !== 'file')) return false;
		const facts = checks.flatMap((check): Fact[] =>
			check.check === 'file' ? [{fact: 'file', path: check.path, text: read(check.path)}] : [],
		);
		return judgeChecks(checks, facts).verdict === 'passed';
	},
	imageName,
};
