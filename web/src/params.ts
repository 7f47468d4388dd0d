import { defineParams } from '@sveltejs/kit/params';
import { plainAddress } from '#lib/plain/addresses.ts';

export const params = defineParams({ plain: plainAddress });
