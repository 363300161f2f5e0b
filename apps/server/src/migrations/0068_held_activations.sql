-- Campaigns made before there were indicators of abuse count none of them, until somebody adds some.
update campaign_versions set definition = (definition::jsonb || '{"risk": {"indicators": []}}'::jsonb)::json
where definition->'risk' is null;
