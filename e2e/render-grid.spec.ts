import { openGrid } from './support/grid-lab.ts';
import { expect, test } from './support/lab.ts';
