/** What the operations of `/risk-assessments` do. */
import type { Route } from '../pipeline.ts';
import { readsSingleton, updatesSingleton } from '../singletons.ts';
import {
  getNewDevice,
  getRiskSettings,
  newDevice,
  riskSettings,
  updateNewDevice,
  updateRiskSettings,
} from './operations.ts';

export const riskAssessmentRoutes: Route[] = [
  readsSingleton(getRiskSettings, riskSettings),
  updatesSingleton(updateRiskSettings, riskSettings),
  readsSingleton(getNewDevice, newDevice),
  updatesSingleton(updateNewDevice, newDevice),
];
