// The addresses of the pages. Each page is a chunk of its own, fetched when first gone to.
import type { RouteObject } from "react-router";
import { createBrowserRouter } from "react-router";
import { BrokenPage } from "./broken-page.tsx";
import { FirstPage } from "./first-page.tsx";
import { LoadingPage } from "./loading-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RequireSession } from "./require-session.tsx";
import { Shell } from "./shell/shell.tsx";
import { SignInPage } from "./sign-in-page.tsx";

const pages: RouteObject[] = [
  { index: true, element: <FirstPage /> },
  { path: "*", element: <NotFoundPage /> },
];

export const router = createBrowserRouter([
  {
    errorElement: <BrokenPage />,
    HydrateFallback: LoadingPage,
    children: [
      { path: "/sign-in", element: <SignInPage /> },
      {
        path: "/",
        element: <RequireSession />,
        children: [{ element: <Shell />, children: pages }],
      },
    ],
  },
]);
