import type {Builder} from '../../build/model.js';

/** The builder as people call it. */
export const builderName = (builder: Builder): string => (builder === 'buildkit' ? 'BuildKit' : 'legacy');
