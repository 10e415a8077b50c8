import type {Builder} from '../../build/model.js';

const names: Record<Builder, string> = {legacy: 'legacy', buildkit: 'BuildKit', buildah: 'Buildah'};

/** The builder as people call it. */
export const builderName = (builder: Builder): string => names[builder];
