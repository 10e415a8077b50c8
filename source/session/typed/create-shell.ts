import path from 'node:path';
import type {Builder} from '../../build/model.js';
import {builderWords} from '../../text/builder-words.js';
import {variableName} from '../../text/variable-name.js';
import {ensureLab} from '../files/ensure-lab.js';
import {selectStep} from '../select/select.js';
import {selectFolder} from '../select/select-folder.js';
import type {SessionState} from '../state.js';
import type {Store} from '../store.js';
import type {SessionParts} from '../world.js';
import {engineVariables} from './leaves-engine.js';
import {readSettings, type Setting} from './read-setting.js';
import {sessionEnvironment} from './session-environment.js';

/** What became of a line that only sets something. `builder`: the one that it chooses for builds. */
export type Taken = {notice: string | null; builder: Builder | null};

/** What a shell would keep between two lines: variables and the folder. */
export type Shell = {
	/** Takes a line that only sets something; null for any other line. */
	take(line: string): Taken | null;
};

export const createShell = ({getState, dispatch}: Store, {environment, lab}: SessionParts): Shell => {
	let before: string | null = null;
	const environmentNow = () => sessionEnvironment(environment, getState().shell);
	const change = (part: Partial<SessionState['shell']>) =>
		dispatch({action: 'set-shell', shell: {...getState().shell, ...part}});

	const setVariable = ({name: written, value}: Extract<Setting, {setting: 'variable'}>): Taken => {
		const name = variableName(written);
		if (engineVariables.has(name)) {
			return {
				notice: `${name} stays as it is: the workshop is judged on the engine that it began with. Set it before you start the program.`,
				builder: null,
			};
		}
		if (name === 'DOCKER_BUILDKIT') return chosenBuilder(value, getState());
		change({variables: {...getState().shell.variables, [name]: value}});
		return {
			notice: `${name} is ${value === null ? 'gone' : 'set'} from here on, for every command.`,
			builder: null,
		};
	};
	const changeFolder = ({folder}: Extract<Setting, {setting: 'folder'}>): Taken => {
		const problem = ensureLab(lab);
		if (problem !== null) return {notice: problem, builder: null};
		const here = getState().shell.folder ?? lab.path;
		const there = folder === '-' ? (before ?? here) : path.resolve(here, folder ?? lab.path);
		if (lab.list(there) === null) return {notice: `There is no folder ${there}.`, builder: null};
		before = here;
		change({folder: there === lab.path ? null : there});
		return {
			notice:
				there === lab.path
					? 'Your commands run in the lab folder again.'
					: `Your commands run in ${selectFolder(getState())} from here on; those of the steps stay in the lab folder. \`cd\` alone leads back.`,
			builder: null,
		};
	};
	return {
		take(line) {
			const settings = readSettings(line, getState().dialect, environmentNow());
			if (!settings) return null;
			const taken = settings.map(setting =>
				setting.setting === 'variable' ? setVariable(setting) : changeFolder(setting),
			);
			return {
				notice: taken.map(({notice}) => notice).find(notice => notice !== null) ?? null,
				builder: taken.map(({builder}) => builder).findLast(builder => builder !== null) ?? null,
			};
		},
	};
};

/** Without the variable it is the CLI that chooses: since version 23 it is BuildKit, if buildx is there. */
const chosenBuilder = (value: string | null, state: SessionState): Taken => {
	const {engine} = state;
	if (engine.status === 'ready' && engine.identity.cli.podman !== undefined)
		return {notice: 'DOCKER_BUILDKIT changes nothing here: Podman builds with Buildah.', builder: null};
	if (value === null && engine.status !== 'ready') return {notice: null, builder: null};
	const usual =
		engine.status === 'ready' &&
		engine.identity.cli.buildx !== null &&
		Number.parseInt(engine.identity.cli.version, 10) >= 23;
	const isLegacy = value === null ? !usual : value === '0' || value.toLowerCase() === 'false';
	const builder: Builder = isLegacy ? 'legacy' : 'buildkit';
	const {builder: fixed} = selectStep(state);
	const isOther = fixed !== null && fixed !== builder;
	return {
		notice: [
			`DOCKER_BUILDKIT is ${value ?? 'unset'}: builds ${isOther ? 'that you type ' : ''}use ${builderWords(builder)} from here on.`,
			...(isOther ? [`The command of this step keeps ${builderWords(fixed)}, which it is about.`] : []),
		].join(' '),
		builder,
	};
};
