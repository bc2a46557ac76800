// Several views of one thing, one at a time.
import "./tabs.css";
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

interface TabsProps {
  /** Names the set for readers. */
  readonly label: string;
  readonly tabs: readonly {
    readonly id: string;
    readonly name: string;
    readonly body: ReactNode;
  }[];
}

export function Tabs({ label, tabs }: TabsProps) {
  return (
    <AriaTabs className="tabs">
      <TabList aria-label={label} className="tab-list">
        {tabs.map((tab) => (
          <Tab key={tab.id} className="tab" id={tab.id}>
            {tab.name}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} className="tab-panel" id={tab.id}>
          {tab.body}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
