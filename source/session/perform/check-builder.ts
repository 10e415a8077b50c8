import type {Builder} from '../../build/model.js';
import type {Verdict} from '../../checks/model.js';
import {builderWords} from '../../text/builder-words.js';
import type {EngineIdentity} from '../ports.js';

/**
 * Whether the CLI can build with a builder at all. The CLI of 20.10 has BuildKit inside, later ones need the
 * buildx plugin; the legacy builder is still in every one of them. With Podman there is nothing to choose.
 */
export const checkBuilder = (builder: Builder, cli: EngineIdentity['cli']): Verdict => {
	if (cli.podman !== undefined) {
		return {
			verdict: 'passed',
			finding: 'passed',
			reason: `Podman builds with Buildah, whatever is chosen here: it has no builder of Docker’s. The recording shows both: \`multistage-workshop --replay\`.`,
			next: null,
			evidence: null,
		};
	}
	const missing = builder === 'buildkit' && !cli.buildx && Number.parseInt(cli.version, 10) >= 23;
	if (missing) {
		return {
			verdict: 'failed',
			finding: 'no-buildx',
			reason: `The docker CLI ${cli.version} builds with BuildKit only through its plugin buildx, which is missing.`,
			next: 'install the buildx plugin (package docker-buildx-plugin or docker-buildx), then run this step again',
			evidence: null,
		};
	}
	return {
		verdict: 'passed',
		finding: 'passed',
		reason: `Builds use ${builderWords(builder)} from here on.`,
		next: null,
		evidence: null,
	};
};
