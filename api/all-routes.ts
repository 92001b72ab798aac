import { approvalRoutes } from './approvals/routes.ts';
import { awayRoutes } from './away/routes.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { dutyRoutes } from './duties/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { figuresRoutes } from './figures/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { inboxRoutes } from './inbox/routes.ts';
import { leaveRoutes } from './leave/routes.ts';
import { letterRoutes } from './letters/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { policyRoutes } from './policies/routes.ts';
import { pupilRoutes } from './pupils/routes.ts';
import { referralRoutes } from './referrals/routes.ts';
import { registerRoutes } from './register/routes.ts';
import { returnRoutes } from './returns/routes.ts';
import { schoolRoutes } from './schools/routes.ts';
import { signInPages } from './sign-in/sign-in.ts';
import { simulationRoutes } from './simulations/routes.ts';
import { trainingRoutes } from './training/routes.ts';
import type { Route } from './web/route.ts';

/** Every route there is. The table test walks this list with every role. */
export const allRoutes = (): Route[] => [
  ...signInPages,
  ...inboxRoutes,
  ...approvalRoutes,
  ...caseRoutes,
  ...letterRoutes,
  ...referralRoutes,
  ...pupilRoutes,
  ...leaveRoutes,
  ...registerRoutes,
  ...peopleRoutes,
  ...awayRoutes,
  ...calendarRoutes,
  ...figuresRoutes,
  ...schoolRoutes,
  ...policyRoutes,
  ...dutyRoutes,
  ...simulationRoutes,
  ...returnRoutes,
  ...importRoutes,
  ...exportRoutes,
  ...trainingRoutes,
];
